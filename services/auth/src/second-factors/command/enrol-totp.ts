import { resealed, type SealKeys, seal, unseal } from '@vox/platform/crypto';
import { changeEvery, withChanged } from '@vox/platform/store';
import {
  beginTotp,
  bringsRecovery,
  confirmTotp,
  type Enrolled,
  enrolmentLifeMs,
  enrolmentOf,
} from '../decide/enrol.ts';
import type { MemberFactors } from '../decide/member-factors.ts';
import type { Ceremony } from '../decide/prove.ts';
import type { SecondFactors } from '../keep.ts';
import { actingMember, changeFactors, type FactorOwner, mustBeAccepted } from './change-factors.ts';
import { type ProveCodeDependencies, totpContext } from './prove-code.ts';
import { newRecoveryCodes, recoveryHash } from './recovery-codes.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp-steps.ts';

export type EnrolDependencies = ProveCodeDependencies & Readonly<{ random: (size: number) => Uint8Array }>;

/** A new id of a factor. */
export const newFactorId = (random: (size: number) => Uint8Array): string =>
  `f_${Buffer.from(random(16)).toString('base64url')}`;

/** Shows a new secret for an app: it becomes a factor once a code of it was given. It is shown once. */
export async function beginTotpEnrolment(
  dependencies: EnrolDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  name: string,
): Promise<Readonly<{ factorId: string; secret: string; uri: string }>> {
  const { random, sealKey, clock, nameOfMember } = dependencies;
  const factorId = newFactorId(random);
  const secret = newTotpSecret(random);
  const nowMs = clock.now().getTime();
  const sealed = seal(sealKey, totpContext(owner, factorId), secret);
  const enrolment = { factorId, name, sealed, ceremonyId: ceremony.ceremonyId, expiresAtMs: nowMs + enrolmentLifeMs };
  const decided = await changeFactors<Enrolled>(dependencies, owner, actingMember(owner.memberId), (state) =>
    beginTotp(state, ceremony, enrolment),
  );
  mustBeAccepted(decided, nowMs);
  const label = (await nameOfMember(owner)) ?? owner.memberId;
  return { factorId, secret, uri: totpUri(secret, { issuer: `VOX ${owner.tenantId}`, label }) };
}

/** What a member gets for a factor: its id and, with the first one, recovery codes. They are shown once. */
export type NewFactor = Readonly<{ factorId: string; recoveryCodes: readonly string[] }>;

/** A right code makes the secret that was shown a factor. Wrong ones are counted; throws INVALID_OTP. */
export async function confirmTotpEnrolment(
  dependencies: EnrolDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  code: string,
): Promise<NewFactor> {
  const { sealKey, hashKeys, random, clock } = dependencies;
  const codes = newRecoveryCodes(random);
  const hashes = codes.map((each) => recoveryHash(hashKeys, owner, each));
  type Confirmed = Enrolled & Readonly<{ factorId?: string | undefined; isFirst: boolean }>;
  const decided = await changeFactors<Confirmed>(dependencies, owner, actingMember(owner.memberId), (state, stamp) => {
    const { factorId, step } = stepOfEnrolment(state, sealKey, ceremony, code, stamp.atMs);
    return { ...confirmTotp(state, ceremony, step, hashes, stamp), factorId, isFirst: bringsRecovery(state) };
  });
  mustBeAccepted(decided, clock.now().getTime());
  const { factorId = '', isFirst } = decided as Confirmed;
  return { factorId, recoveryCodes: isFirst ? codes : [] };
}

function stepOfEnrolment(
  state: MemberFactors,
  sealKey: SealKeys,
  { ceremonyId }: Ceremony,
  code: string,
  nowMs: number,
): Readonly<{ factorId?: string | undefined; step?: number | undefined }> {
  const shown = enrolmentOf(state, ceremonyId, nowMs);
  const secret = shown && unseal(sealKey, totpContext(state, shown.factorId), shown.sealed);
  return { factorId: shown?.factorId, step: secret === undefined ? undefined : stepOfCode(secret, code, nowMs) };
}

type ResealFactorsDependencies = Pick<ProveCodeDependencies, 'sealKey'> &
  Readonly<{ secondFactors: Pick<SecondFactors, 'all' | 'update'> }>;

/** Puts the secrets of members' apps under the newest key, and answers of how many members. */
export const resealFactors = ({ secondFactors, sealKey }: ResealFactorsDependencies): Promise<number> =>
  changeEvery(secondFactors, (state) => {
    const factors = withChanged(state.factors, (factor) => {
      if (factor.kind !== 'totp') return undefined;
      const sealed = resealed(sealKey, totpContext(state, factor.factorId), factor.sealed);
      return sealed === undefined ? undefined : { ...factor, sealed };
    });
    return factors && { ...state, factors };
  });
