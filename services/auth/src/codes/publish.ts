import { CodesLocked, makeFact, platform } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { derivedUuid } from '@vox/platform/crypto';
import type { CodePurpose } from './decide/address-codes.ts';
import type { Bound } from './decide/bounds.ts';

type Lock = Readonly<{
  /** Under what the codes of the address stand. */
  key: string;
  purpose: CodePurpose;
  nowMs: number;
  bound: Bound;
}>;

/** Publishes that somebody guesses codes of an address. The address itself stands in no fact. */
export async function publishLock(
  bus: Pick<Bus, 'publish'>,
  { key, purpose, nowMs, bound: { over, untilMs } }: Lock,
): Promise<void> {
  const head = { id: `codes-locked:${derivedUuid(key, `${untilMs}`)}`, source: 'auth', at: new Date(nowMs) };
  const data = {
    tenantId: platform,
    addressMark: derivedUuid('code-address', key),
    purpose,
    over,
    until: new Date(untilMs).toISOString(),
  } as const;
  await bus.publish(CodesLocked, makeFact(CodesLocked, head, data));
}
