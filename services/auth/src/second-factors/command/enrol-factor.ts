import { type BeginSecondFactor, type FinishSecondFactor, PasskeyRegistration } from '@vox/contracts';
import { Fault, issuesOf } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Ceremony } from '../decide/prove.ts';
import type { FactorOwner } from './change-factors.ts';
import { addPasskeyFactor, passkeyRegistrationOptions } from './enrol-passkey.ts';
import { beginTotpEnrolment, confirmTotpEnrolment, type EnrolDependencies, type NewFactor } from './enrol-totp.ts';
import type { PasskeySite } from './passkey-site.ts';

export type EnrolFactorDependencies = EnrolDependencies & PasskeySite;

type Wanted = z.infer<(typeof BeginSecondFactor)['request']>['wanted'];
type Begun = z.input<(typeof BeginSecondFactor)['reply']>;
type Made = z.infer<(typeof FinishSecondFactor)['request']>['made'];

/** Begins a factor of either kind. */
export async function beginFactor(
  dependencies: EnrolFactorDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  wanted: Wanted,
): Promise<Begun> {
  if (wanted.kind === 'totp')
    return { kind: 'totp', ...(await beginTotpEnrolment(dependencies, owner, ceremony, wanted.name)) };
  const options = await passkeyRegistrationOptions(dependencies, owner, ceremony, wanted.origin);
  return { kind: 'passkey', options: { ...options } };
}

/** Adds the factor that was begun. */
export async function finishFactor(
  dependencies: EnrolFactorDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  made: Made,
): Promise<{ factorId: string; recoveryCodes: string[] }> {
  const { factorId, recoveryCodes } = await added(dependencies, owner, ceremony, made);
  return { factorId, recoveryCodes: [...recoveryCodes] };
}

function added(
  dependencies: EnrolFactorDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  made: Made,
): Promise<NewFactor> {
  if (made.kind === 'totp') return confirmTotpEnrolment(dependencies, owner, ceremony, made.code);
  const read = PasskeyRegistration.safeParse(made.credential);
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  return addPasskeyFactor(dependencies, owner, ceremony, { ...made, credential: read.data });
}
