import type { Stamp } from '../../tenants/mod.ts';
import { type MemberFactors, type Passkey, type Totp, telling } from './member-factors.ts';
import { blockedUntilMs, withFailure } from './tries.ts';

/** A pending login is completed once. A login that asks again for a factor goes on. */
export type Ceremony = Readonly<{ ceremonyId: string; completes: boolean }>;

/** What is decided of a proof, and what is stored of it. */
export type Proved =
  | Readonly<{ kind: 'accepted'; state: MemberFactors }>
  | Readonly<{ kind: 'refused'; state: MemberFactors }>
  | Readonly<{ kind: 'blocked'; untilMs: number }>
  /** The pending login was completed before. */
  | Readonly<{ kind: 'completed before' }>;

/** Longer than the token of a pending login lives, whatever two clocks say. */
const rememberedMs = 10 * 60_000;

const completedBefore = ({ completed }: MemberFactors, { ceremonyId, completes }: Ceremony): boolean =>
  completes && completed.some((each) => each.ceremonyId === ceremonyId);

/** The state after a right proof. A right proof ends the count of wrong ones. */
export function afterProof(state: MemberFactors, { ceremonyId, completes }: Ceremony, nowMs: number): MemberFactors {
  const living = state.completed.filter(({ untilMs }) => untilMs > nowMs);
  const completed = completes ? [...living, { ceremonyId, untilMs: nowMs + rememberedMs }] : living;
  return { ...state, failuresMs: [], completed };
}

/** The state after a wrong code. The one that uses up the tries is told. */
export function afterFailure(state: MemberFactors, stamp: Stamp): MemberFactors {
  const failed = { ...state, failuresMs: withFailure(state.failuresMs, stamp.atMs) };
  const isLast = blockedUntilMs(failed.failuresMs, stamp.atMs) !== undefined;
  return isLast ? telling(failed, stamp, { kind: 'refused', why: 'tries' }) : failed;
}

/** Why a code is not even looked at. */
export function unheard(
  state: MemberFactors,
  ceremony: Ceremony,
  nowMs: number,
): Extract<Proved, { kind: 'blocked' | 'completed before' }> | undefined {
  if (completedBefore(state, ceremony)) return { kind: 'completed before' };
  const untilMs = blockedUntilMs(state.failuresMs, nowMs);
  return untilMs === undefined ? undefined : { kind: 'blocked', untilMs };
}

/** `step` is the step whose code was given, where it was one of those near now. */
export function proveTotp(state: MemberFactors, ceremony: Ceremony, step: number | undefined, stamp: Stamp): Proved {
  const nowMs = stamp.atMs;
  const no = unheard(state, ceremony, nowMs);
  if (no !== undefined) return no;
  const totp = state.factors.find((each): each is Totp => each.kind === 'totp');
  if (totp === undefined || step === undefined || step <= totp.usedStep)
    return { kind: 'refused', state: afterFailure(state, stamp) };
  const used = { ...totp, usedStep: step, lastUsedAtMs: nowMs };
  const factors = state.factors.map((each) => (each === totp ? used : each));
  return { kind: 'accepted', state: afterProof({ ...state, factors }, ceremony, nowMs) };
}

/** Each recovery code is good once. */
export function proveRecovery(state: MemberFactors, ceremony: Ceremony, hash: string, stamp: Stamp): Proved {
  const no = unheard(state, ceremony, stamp.atMs);
  if (no !== undefined) return no;
  if (!state.recovery.includes(hash)) return { kind: 'refused', state: afterFailure(state, stamp) };
  const recovery = state.recovery.filter((each) => each !== hash);
  const told = telling({ ...state, recovery }, stamp, { kind: 'recovery-used', left: recovery.length });
  return { kind: 'accepted', state: afterProof(told, ceremony, stamp.atMs) };
}

/**
 * The counter of an authenticator that counts only grows. One that does not has a double somewhere (WebAuthn §7.2, step
 * 22), so it is refused. Zero is what authenticators say that do not count.
 */
export function provePasskey(
  state: MemberFactors,
  ceremony: Ceremony,
  { factorId, counter }: Pick<Passkey, 'factorId' | 'counter'>,
  stamp: Stamp,
): Proved {
  if (completedBefore(state, ceremony)) return { kind: 'completed before' };
  const passkey = state.factors.find((each): each is Passkey => each.kind === 'passkey' && each.factorId === factorId);
  if (passkey === undefined) return { kind: 'refused', state };
  if (hasRegressed(passkey.counter, counter))
    return { kind: 'refused', state: telling(state, stamp, { kind: 'refused', why: 'counter' }) };
  const used = { ...passkey, counter, lastUsedAtMs: stamp.atMs };
  const factors = state.factors.map((each) => (each === passkey ? used : each));
  return { kind: 'accepted', state: afterProof({ ...state, factors }, ceremony, stamp.atMs) };
}

export const hasRegressed = (known: number, said: number): boolean => (known > 0 || said > 0) && said <= known;
