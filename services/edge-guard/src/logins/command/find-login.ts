import { type Role, revocationKey } from '@vox/contracts';
import type { LoginClaims, Verifier } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { currentOrUnavailable, type KeyDependencies } from '../../tenant/mod.ts';

/** A member who is signed in. The token is their proof: it travels with what they ask for. Moments in milliseconds. */
export type Login = Readonly<{
  loginId: string;
  tenantId: string;
  memberId: string;
  role: Role;
  token: string;
  issuedAtMs: number;
  expiresAtMs: number;
  /** Until when a code counts as fresh; 0 where none does. */
  freshUntil: number;
}>;

/** The member of a token; `undefined` for one that is none, or is over. */
export const memberOfToken = (
  { verifyLogin, clock }: Pick<FindLoginDependencies, 'verifyLogin' | 'clock'>,
  token: string,
): Promise<string | undefined> =>
  verifyLogin(token, clock.now()).then(
    ({ claims }) => claims.memberId,
    () => undefined,
  );

export type FindLoginDependencies = KeyDependencies & Readonly<{ verifyLogin: Verifier<LoginClaims> }>;

/**
 * The login of a token, from keys and revocations in memory. Throws Fault AUTH_REQUIRED for a token that is none, or
 * whose login is over, and Fault UNAVAILABLE while that could have been missed.
 */
export async function findLogin(dependencies: FindLoginDependencies, token: string): Promise<Login> {
  const { verifyLogin, clock, revoked } = dependencies;
  const { id, issuedAt, expiresAt, claims } = await verifyLogin(token, clock.now());
  currentOrUnavailable(dependencies);
  if (revoked.get(revocationKey('login', id)) !== undefined) throw new Fault('AUTH_REQUIRED');
  const { tenantId, memberId, role, freshUntil = 0 } = claims;
  return {
    ...{ loginId: id, tenantId, memberId, role, token, freshUntil: freshUntil * 1_000 },
    ...{ issuedAtMs: issuedAt.getTime(), expiresAtMs: expiresAt.getTime() },
  };
}
