import { type FieldMistake, mistakeSaid, type Said } from '@vox/contracts';
import type { Stamp } from '../../tenants/mod.ts';
import {
  type Factor,
  type FactorEvent,
  type MemberFactors,
  type Passkey,
  type TotpEnrolment,
  telling,
} from './member-factors.ts';
import { afterFailure, afterProof, type Ceremony, type Proved, unheard } from './prove.ts';

export const factorsMax = 10;
export const enrolmentLifeMs = 10 * 60_000;

/** What is decided of a factor that a member wants to add. */
export type Enrolled =
  | Proved
  | Readonly<{ kind: 'invalid'; path: string; said: Said<FieldMistake> }>
  /** A pending login may add a factor only while its member has none: else its code alone would do. */
  | Readonly<{ kind: 'not now' }>;

/** Whether one more factor of this kind may be added. */
export function mayAdd(
  { factors }: Pick<MemberFactors, 'factors'>,
  kind: Factor['kind'],
  { completes }: Ceremony,
): Extract<Enrolled, { kind: 'invalid' | 'not now' }> | undefined {
  if (completes && factors.length > 0) return { kind: 'not now' };
  if (factors.length >= factorsMax)
    return { kind: 'invalid', path: 'kind', said: mistakeSaid('factors-full', { most: factorsMax }) };
  if (kind === 'totp' && factors.some((each) => each.kind === 'totp'))
    return { kind: 'invalid', path: 'kind', said: mistakeSaid('app-already') };
  return undefined;
}

/** Keeps the secret that an app is shown. A secret that was shown before and not confirmed is forgotten. */
export function beginTotp(state: MemberFactors, ceremony: Ceremony, enrolment: TotpEnrolment): Enrolled {
  return mayAdd(state, 'totp', ceremony) ?? { kind: 'accepted', state: { ...state, enrolment } };
}

/** The enrolment of this ceremony, if it lives. */
export const enrolmentOf = (
  { enrolment }: Pick<MemberFactors, 'enrolment'>,
  ceremonyId: string,
  nowMs: number,
): TotpEnrolment | undefined =>
  enrolment !== null && enrolment.ceremonyId === ceremonyId && enrolment.expiresAtMs > nowMs ? enrolment : undefined;

/**
 * A right code makes the secret a factor. `hashes` are those of new recovery codes, which come with the first
 * factor.
 */
export function confirmTotp(
  state: MemberFactors,
  ceremony: Ceremony,
  step: number | undefined,
  hashes: readonly string[],
  stamp: Stamp,
): Enrolled {
  const nowMs = stamp.atMs;
  const no = unheard(state, ceremony, nowMs) ?? mayAdd(state, 'totp', ceremony);
  if (no !== undefined) return no;
  const shown = enrolmentOf(state, ceremony.ceremonyId, nowMs);
  if (shown === undefined || step === undefined) return { kind: 'refused', state: afterFailure(state, stamp) };
  const { factorId, name, sealed } = shown;
  const totp = { factorId, name, sealed, createdAtMs: nowMs, lastUsedAtMs: nowMs, usedStep: step };
  const added = adding({ ...state, enrolment: null }, { kind: 'totp', ...totp }, hashes, stamp);
  return { kind: 'accepted', state: afterProof(added, ceremony, nowMs) };
}

/** Adds a passkey that has proved itself. An authenticator is added once. */
export function addPasskey(
  state: MemberFactors,
  ceremony: Ceremony,
  passkey: Passkey,
  hashes: readonly string[],
  stamp: Stamp,
): Enrolled {
  const no = mayAdd(state, 'passkey', ceremony);
  if (no !== undefined) return no;
  if (state.factors.some((each) => each.kind === 'passkey' && each.credentialId === passkey.credentialId))
    return { kind: 'invalid', path: 'credential', said: mistakeSaid('passkey-already') };
  return { kind: 'accepted', state: afterProof(adding(state, passkey, hashes, stamp), ceremony, stamp.atMs) };
}

/** Whether this factor brings recovery codes with it. */
export const bringsRecovery = ({ factors }: Pick<MemberFactors, 'factors'>): boolean => factors.length === 0;

function adding(state: MemberFactors, factor: Factor, hashes: readonly string[], stamp: Stamp): MemberFactors {
  const enrolled: FactorEvent = { kind: 'enrolled', factorId: factor.factorId, factorKind: factor.kind };
  const factors = [...state.factors, factor];
  return bringsRecovery(state)
    ? telling({ ...state, factors, recovery: hashes }, stamp, enrolled, { kind: 'recovery-made' })
    : telling({ ...state, factors }, stamp, enrolled);
}
