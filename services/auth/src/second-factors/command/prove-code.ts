import { type SealKeys, unseal } from '@vox/platform/crypto';
import type { HashKeys } from '@vox/platform/hash-keys';
import { factorChecks } from '@vox/platform/telemetry';
import type { MemberFactors, Totp } from '../decide/member-factors.ts';
import { type Ceremony, type Proved, proveRecovery, proveTotp } from '../decide/prove.ts';
import {
  actingMember,
  type ChangeFactorsDependencies,
  changeFactors,
  type FactorOwner,
  mustBeAccepted,
} from './change-factors.ts';
import { recoveryHash } from './recovery-codes.ts';
import { stepOfCode } from './totp-steps.ts';

export type ProveCodeDependencies = ChangeFactorsDependencies &
  Readonly<{
    /** 32 bytes that secrets are sealed under. */
    sealKey: SealKeys;
    hashKeys: HashKeys<'recovery-codes'>;
  }>;

/** What the secret of a factor is bound to in its seal. */
export const totpContext = ({ tenantId, memberId }: FactorOwner, factorId: string): string =>
  `totp:${tenantId}:${memberId}:${factorId}`;

/** Resolves where the code of an app is right. It is looked at and counted in one write; throws INVALID_OTP. */
export async function proveTotpCode(
  dependencies: ProveCodeDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  code: string,
): Promise<void> {
  const { sealKey, clock } = dependencies;
  const nowMs = clock.now().getTime();
  const decided = await changeFactors<Proved>(dependencies, owner, actingMember(owner.memberId), (state, stamp) =>
    proveTotp(state, ceremony, stepIn(state, sealKey, code, stamp.atMs), stamp),
  );
  factorChecks.add(1, { method: 'totp', outcome: decided.kind });
  mustBeAccepted(decided, nowMs);
}

function stepIn(state: MemberFactors, sealKey: SealKeys, code: string, nowMs: number): number | undefined {
  const totp = state.factors.find((each): each is Totp => each.kind === 'totp');
  const secret = totp && unseal(sealKey, totpContext(state, totp.factorId), totp.sealed);
  return secret === undefined ? undefined : stepOfCode(secret, code, nowMs);
}

/** Resolves where it is a recovery code that was not used before; throws INVALID_OTP. */
export async function proveRecoveryCode(
  dependencies: ProveCodeDependencies,
  owner: FactorOwner,
  ceremony: Ceremony,
  code: string,
): Promise<void> {
  const nowMs = dependencies.clock.now().getTime();
  const hash = recoveryHash(dependencies.hashKeys, owner, code);
  const decided = await changeFactors<Proved>(dependencies, owner, actingMember(owner.memberId), (state, stamp) =>
    proveRecovery(state, ceremony, hash, stamp),
  );
  factorChecks.add(1, { method: 'recovery', outcome: decided.kind });
  mustBeAccepted(decided, nowMs);
}
