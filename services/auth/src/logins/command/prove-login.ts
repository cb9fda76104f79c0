import { LoginToken } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { type AddressKey, type Membership, type Rosters, readMembership } from '../../members/mod.ts';
import { type OwnTokenDependencies, verifyOwnToken } from '../../signing-keys/mod.ts';
import { isLive, type Login } from '../decide/login.ts';
import type { Logins } from '../keep.ts';

export type ProveLoginDependencies = AddressKey &
  Pick<OwnTokenDependencies, 'keyRings'> &
  Readonly<{ logins: Pick<Logins, 'read'>; rosters: Pick<Rosters, 'read'>; clock: Pick<Clock, 'now'> }>;

export type ProvedLogin = Readonly<{ loginId: string; login: Login; membership: Membership }>;

/**
 * The login of a token, and its member as they are now. Throws Fault AUTH_REQUIRED where either is not in force any
 * more.
 */
export async function proveLogin(dependencies: ProveLoginDependencies, token: string): Promise<ProvedLogin> {
  const now = dependencies.clock.now();
  const { id: loginId, claims } = await verifyOwnToken(dependencies, LoginToken, token, now);
  const { tenantId, memberId, role } = claims;
  const login = await dependencies.logins.read(loginId);
  const membership = await readMembership(dependencies, tenantId, memberId);
  const isTheirs = isLive(login, now.getTime()) && login.tenantId === tenantId && login.memberId === memberId;
  if (!isTheirs || membership === undefined || membership.member.role !== role) throw new Fault('AUTH_REQUIRED');
  return { loginId, login, membership };
}
