import { mistakeSaid } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import type { HashKeys } from '@vox/platform/hash-keys';
import { type QueueMailDependencies, queueMail, withdrawMail } from '../../courier/mod.ts';
import type { CodePurpose, CodeRules, KeptCode } from '../decide/address-codes.ts';
import { type SendDecision, sendNew } from '../decide/send.ts';
import type { Codes } from '../keep.ts';
import { challengeHash, codeHash, codesKey } from './code-hash.ts';
import { drawCode } from './draw-code.ts';
import { normalisedAddress } from './normalised-address.ts';

export type SendCodeDependencies = QueueMailDependencies &
  Readonly<{
    codes: Pick<Codes, 'update'>;
    mails: Parameters<typeof withdrawMail>[0]['mails'];
    hashKeys: HashKeys<'code-addresses'>;
    codeRules: CodeRules;
    /** What hashes of codes are made under: the one of now, then the one before for the life of a code. */
    codePeppers: readonly [Uint8Array, ...Uint8Array[]];
    uuid: () => string;
    random: (size: number) => Uint8Array;
  }>;

export type SendCode = Readonly<{
  email: string;
  purpose: CodePurpose;
  /** Whose members may be meant; every tenant's when left out. */
  tenantId?: string | undefined;
  /** The challenge token that the browser has of an earlier time. It shows that the browser was here before. */
  challengeToken?: string | undefined;
}>;

/**
 * Makes a code and queues the mail with it. The courier asks whether the address is a member's, after the answer: so
 * the answer and the work before it are the same for everybody.
 * Throws Fault INVALID_REQUEST for what is no address, and Fault RATE_LIMIT_EXCEEDED (scope `otp`) when the address has
 * had its sends of the hour, or when no code would be accepted yet.
 */
export async function sendCode(
  dependencies: SendCodeDependencies,
  { email, purpose, tenantId, challengeToken: earlier }: SendCode,
): Promise<Readonly<{ challengeToken: string; expiresInSeconds: number }>> {
  const { codes, codeRules, codePeppers, hashKeys, clock, uuid, random } = dependencies;
  const address = normalisedAddress(email);
  if (address === undefined) throw invalidField('email', mistakeSaid('one-address'));
  const nowMs = clock.now().getTime();
  const expiresAtMs = nowMs + codeRules.lifeSeconds * 1_000;
  const challengeToken = Buffer.from(random(32)).toString('base64url');
  const drawn = drawCode(random);
  const salted = { codeId: uuid(), salt: Buffer.from(random(16)).toString('base64url') };
  const hash = codeHash(codePeppers[0], salted, drawn);
  const code: KeptCode = { ...salted, hash, challenge: challengeHash(challengeToken), expiresAtMs };
  const asking = { code, browser: earlier === undefined ? undefined : challengeHash(earlier) };
  const decision = await codes.update<SendDecision>(codesKey(hashKeys, address, purpose), (known) => {
    const result = sendNew(known, asking, codeRules, nowMs);
    return result.kind === 'sent' ? { result, state: result.state } : { result };
  });
  if (decision.kind === 'limited') throw tooMany(decision.retryAtMs - nowMs);
  const values = { code: drawn, purpose, expiresAt: new Date(expiresAtMs).toISOString() };
  await queueMail(dependencies, { id: mailOf(code.codeId), to: address, tenantId, template: 'code', values });
  // A dead code would only confuse. One that has gone out already is beyond reach.
  if (decision.replaced !== undefined) await withdrawMail(dependencies, mailOf(decision.replaced));
  return { challengeToken, expiresInSeconds: codeRules.lifeSeconds };
}

const mailOf = (codeId: string): string => `code:${codeId}`;

const tooMany = (ms: number): Fault =>
  new Fault('RATE_LIMIT_EXCEEDED', { scope: 'otp', retryAfterSeconds: Math.max(1, Math.ceil(ms / 1_000)) });
