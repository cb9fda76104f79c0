import type { FactorHolder } from '@vox/contracts';
import { PendingLoginToken } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { type ProveLoginDependencies, proveLogin } from '../../logins/mod.ts';
import { type Membership, readMembership } from '../../members/mod.ts';
import { verifyOwnToken } from '../../signing-keys/mod.ts';
import type { Ceremony } from '../decide/prove.ts';
import type { FactorOwner } from './change-factors.ts';

/** Who is in the middle of a ceremony, and of which. */
export type Holder = Readonly<{ owner: FactorOwner; membership: Membership; ceremony: Ceremony }>;
export type FindHolderDependencies = ProveLoginDependencies;

/** Whose token it is. Throws Fault AUTH_REQUIRED where it is none, or where its member is one no more. */
export async function findHolder(dependencies: FindHolderDependencies, { kind, token }: FactorHolder): Promise<Holder> {
  if (kind === 'login') {
    const { loginId, membership } = await proveLogin(dependencies, token);
    return holderOf(membership, { ceremonyId: loginId, completes: false });
  }
  const { id, claims } = await verifyOwnToken(dependencies, PendingLoginToken, token, dependencies.clock.now());
  const membership = await readMembership(dependencies, claims.tenantId, claims.memberId);
  if (membership === undefined) throw new Fault('AUTH_REQUIRED');
  return holderOf(membership, { ceremonyId: id, completes: true });
}

const holderOf = (membership: Membership, ceremony: Ceremony): Holder => ({
  owner: { tenantId: membership.tenantId, memberId: membership.member.memberId },
  membership,
  ceremony,
});
