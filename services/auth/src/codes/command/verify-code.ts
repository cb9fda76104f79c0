import type { Bus } from '@vox/platform/bus';
import type { HashKeys } from '@vox/platform/hash-keys';
import { codesTried } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import type { CodePurpose, CodeRules } from '../decide/address-codes.ts';
import { countTry, type Refusal, type TryDecision, useUp } from '../decide/try.ts';
import type { Codes } from '../keep.ts';
import { publishLock } from '../publish.ts';
import { challengeHash, codesKey, isCode } from './code-hash.ts';
import { normalisedAddress } from './normalised-address.ts';

export type VerifyCodeDependencies = Readonly<{
  bus: Pick<Bus, 'publish'>;
  codes: Pick<Codes, 'update'>;
  hashKeys: HashKeys<'code-addresses'>;
  codeRules: CodeRules;
  codePeppers: readonly [Uint8Array, ...Uint8Array[]];
  clock: Clock;
}>;

export type VerifyCode = Readonly<{ email: string; code: string; challengeToken: string; purpose: CodePurpose }>;

/**
 * Accepts a code once, from the browser that asked for it. Of any number of tries at once only those that are left are
 * compared: each is counted in one conditional write before. The answer never says why a code is refused.
 */
export async function verifyCode(
  dependencies: VerifyCodeDependencies,
  { email, code, challengeToken, purpose }: VerifyCode,
): Promise<'accepted' | 'refused'> {
  const why = await refusalOf(dependencies, email, code.replaceAll(' ', ''), challengeToken, purpose);
  codesTried.add(1, { purpose, outcome: why ?? 'accepted' });
  return why === undefined ? 'accepted' : 'refused';
}

async function refusalOf(
  dependencies: VerifyCodeDependencies,
  email: string,
  code: string,
  challengeToken: string,
  purpose: CodePurpose,
): Promise<Refusal | undefined> {
  const { bus, codes, hashKeys, codeRules, codePeppers, clock } = dependencies;
  const address = normalisedAddress(email);
  if (address === undefined || !/^\d{6}$/.test(code)) return 'no-code';
  const key = codesKey(hashKeys, address, purpose);
  const challenge = challengeHash(challengeToken);
  const nowMs = clock.now().getTime();
  const tried = await codes.update<TryDecision>(key, (known) => {
    const result = countTry(known, challenge, codeRules, nowMs);
    return result.kind === 'counted' ? { result, state: result.state } : { result };
  });
  if (tried.kind === 'refused') return tried.why;
  if (!isCode(codePeppers, tried.code, code)) {
    if (tried.reaches !== undefined) await publishLock(bus, { key, purpose, nowMs, bound: tried.reaches });
    return 'wrong';
  }
  const { codeId } = tried.code;
  const isUsed = await codes.update(key, (known) => {
    const state = useUp(known, { codeId, triedAtMs: nowMs }, nowMs);
    return state === undefined ? { result: false } : { result: true, state };
  });
  return isUsed ? undefined : 'used';
}
