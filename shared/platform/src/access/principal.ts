import { type Principal, revocationKey } from '@vox/contracts';
import { decodeProtectedHeader } from 'jose';
import type { Asker } from '../bus/mod.ts';
import { type LoginClaims, type ProofClaims, ProofToken, type Verifier } from '../crypto/mod.ts';
import { Fault } from '../fault/mod.ts';

export type PrincipalDependencies = Readonly<{
  verifyLogin: Verifier<LoginClaims>;
  verifyProof: Verifier<ProofClaims>;
  /** What was revoked. While it may have missed something, no proof counts. */
  revoked: Readonly<{ get: (key: string) => unknown; current: () => boolean }>;
}>;

/** Who asks, and by which login or key: as its revocation would name it. The operator shows none. */
export type Proved = Principal & Readonly<{ credential?: string }>;

/**
 * Who asks, by the proof that the asker shows. Throws Fault AUTH_REQUIRED for none, one that is invalid, or one that
 * was revoked, and UNAVAILABLE when a revocation may have been missed.
 */
export async function principalOf(
  dependencies: PrincipalDependencies,
  { isOperator, proof }: Asker,
  now: Date,
): Promise<Proved> {
  if (isOperator) return { kind: 'operator' };
  if (proof === undefined) throw new Fault('AUTH_REQUIRED');
  const principal = await verified(dependencies, proof, now);
  if (!dependencies.revoked.current()) throw new Fault('UNAVAILABLE');
  if (dependencies.revoked.get(principal.credential) !== undefined) throw new Fault('AUTH_REQUIRED');
  return principal;
}

type Verified = Exclude<Principal, { kind: 'operator' }> & Readonly<{ credential: string }>;

async function verified(
  { verifyLogin, verifyProof }: PrincipalDependencies,
  proof: string,
  now: Date,
): Promise<Verified> {
  if (typOf(proof) === ProofToken.typ) {
    const { subject: keyId, claims } = await verifyProof(proof, now);
    const { tenantId, scopes, signedFor } = claims;
    return { kind: 'key', tenantId, keyId, scopes, signedFor, credential: revocationKey('api-key', keyId) };
  }
  const { id, claims } = await verifyLogin(proof, now);
  const { tenantId, memberId, role, freshUntil = 0 } = claims;
  const freshUntilMs = freshUntil * 1_000;
  return { kind: 'member', tenantId, memberId, role, freshUntilMs, credential: revocationKey('login', id) };
}

/** Which kind of token somebody says this is. Its verifier does not believe it. */
function typOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).typ;
  } catch {
    return undefined;
  }
}
