import type { TokenUse } from '@vox/contracts';
import {
  type PublicKey,
  type Stamp,
  type TokenKind,
  tokenSigner,
  tokenVerifier,
  type Verified,
} from '@vox/platform/crypto';
import type { z } from 'zod';
import type { KeyRing } from '../decide.ts';
import type { KeyRings } from '../keep.ts';
import type { KeyRingDependencies } from './ensure-key-ring.ts';
import { leaseSigningKey } from './lease-signing-key.ts';

export type OwnTokenDependencies = KeyRingDependencies;

type OwnKind<C extends z.ZodType> = TokenKind<C> & Readonly<{ use: string }>;

/** Signs a token whose private key nobody borrows. */
export async function signOwnToken<C extends z.ZodType>(
  dependencies: OwnTokenDependencies,
  kind: OwnKind<C>,
  claims: z.input<C>,
  stamp: Stamp,
): Promise<string> {
  const sign = await tokenSigner(kind, await leaseSigningKey(dependencies, kind.use as TokenUse));
  return sign(claims, stamp);
}

/** What a token of auth's own says. Throws Fault AUTH_REQUIRED for one that is none, or none any more. */
export async function verifyOwnToken<C extends z.ZodType>(
  { keyRings }: Readonly<{ keyRings: Pick<KeyRings, 'read'> }>,
  kind: OwnKind<C>,
  token: string,
  now: Date,
): Promise<Verified<z.infer<C>>> {
  const ring = await keyRings.read(kind.use);
  return tokenVerifier(kind, (kid) => publicKeyOf(ring, kid))(token, now);
}

function publicKeyOf(ring: KeyRing | undefined, kid: string): PublicKey | undefined {
  const key = ring?.keys.find((each) => each.kid === kid);
  return key && ring && { use: ring.use, x: key.x, expiresAt: new Date(key.expiresAtMs).toISOString() };
}
