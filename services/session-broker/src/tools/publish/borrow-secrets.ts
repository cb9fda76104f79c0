import { LendSecrets, LentSecrets, lentContext, type SecretName } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { newBoxKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { Secret } from '@vox/platform/secret';
import type { z } from 'zod';

/** What is wanted: `names` are 1 to 16 different secrets, `host` is `URL.host` of where they will be sent. */
export type Borrowing = Readonly<{ tenantId: string; names: readonly string[]; host: string; timeoutMs: number }>;

export type Borrowed =
  | Readonly<{
      kind: 'lent';
      values: ReadonlyMap<string, Secret>;
      /** When one of them is another, if that is known. */
      changesAtMs?: number | undefined;
    }>
  | Readonly<{ kind: 'refused'; name: z.infer<typeof SecretName>; why: 'unknown' | 'host' }>;

/**
 * Has auth lend values of secrets. Throws Fault UNAVAILABLE when auth does not answer in time, and INTERNAL for an
 * answer that is no answer to this question.
 */
export type BorrowSecrets = (asked: Borrowing) => Promise<Borrowed>;

/** Each question has a key of its own: whoever hears the bus, now or with a key that leaks later, opens nothing. */
export const secretBorrower =
  (bus: Pick<Bus, 'ask'>): BorrowSecrets =>
  async ({ tenantId, names, host, timeoutMs }) => {
    const key = newBoxKey();
    const asked = { tenantId, names: [...names], host };
    const answer = await bus.ask(LendSecrets, { ...asked, publicKey: key.publicKey }, { timeoutMs });
    if (answer.kind === 'refused') return answer;
    const text = key.open(lentContext(asked), answer.box);
    const values = text === undefined ? undefined : LentSecrets.parse(JSON.parse(text));
    if (values === undefined || names.some((name) => values[name] === undefined))
      throw new Fault('INTERNAL', {}, { cause: new Error('the box of an answer does not open') });
    const lent = new Map(names.map((name) => [name, Secret.of(values[name] ?? '')]));
    return { kind: 'lent', values: lent, ...(answer.changesAt && { changesAtMs: Date.parse(answer.changesAt) }) };
  };
