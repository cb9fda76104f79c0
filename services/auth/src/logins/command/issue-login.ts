import type { LoginSession } from '@vox/contracts';
import { LoginToken } from '@vox/platform/crypto';
import type { Membership } from '../../members/mod.ts';
import { type OwnTokenDependencies, signOwnToken } from '../../signing-keys/mod.ts';
import type { Login } from '../decide/login.ts';

export type IssueDependencies = OwnTokenDependencies;
export type IssuedLogin = Readonly<{ token: string; session: LoginSession }>;

/** A token of a login, and what its member may know of it. */
export async function issueLogin(
  dependencies: IssueDependencies,
  loginId: string,
  login: Login,
  membership: Membership,
): Promise<IssuedLogin> {
  const now = dependencies.clock.now();
  const session = sessionOf(loginId, login, membership, now.getTime());
  const { tenantId, memberId, role, freshUntil } = session;
  const claims = {
    ...{ tenantId, memberId, role },
    ...(freshUntil !== null && { freshUntil: Math.floor(login.freshUntilMs / 1_000) }),
  };
  const lifeSeconds = Math.floor((login.expiresAtMs - now.getTime()) / 1_000);
  const stamp = { id: loginId, subject: memberId, now, lifeSeconds };
  return { token: await signOwnToken(dependencies, LoginToken, claims, stamp), session };
}

export const sessionOf = (
  loginId: string,
  { tenantId, memberId, expiresAtMs, freshUntilMs }: Login,
  { member, email }: Membership,
  nowMs: number,
): LoginSession => ({
  ...{ loginId, tenantId, memberId, email, role: member.role },
  expiresAt: new Date(expiresAtMs).toISOString(),
  freshUntil: freshUntilMs > nowMs ? new Date(freshUntilMs).toISOString() : null,
});
