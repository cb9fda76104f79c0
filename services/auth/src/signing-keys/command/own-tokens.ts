import type { TokenUse } from '@vox/contracts';
import {
  type PublicKey,
  type Stamp,
  type TokenKind,
  tokenSigner,
  tokenVerifier,
  unseal,
  type Verified,
} from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { type KeyRing, signerOf } from '../decide.ts';
import type { KeyRings } from '../keep.ts';
import { ensureKeyRing, type KeyRingDependencies } from './ensure-key-ring.ts';

export type OwnTokenDependencies = KeyRingDependencies;

type OwnKind<C extends z.ZodType> = TokenKind<C> & Readonly<{ use: string }>;

/** Signs a token whose private key nobody borrows. */
export async function signOwnToken<C extends z.ZodType>(
  dependencies: OwnTokenDependencies,
  kind: OwnKind<C>,
  claims: z.input<C>,
  stamp: Stamp,
): Promise<string> {
  const use = kind.use as TokenUse;
  const ring = (await dependencies.keyRings.read(use)) ?? (await ensureKeyRing(dependencies, use));
  const key = signerOf(ring, stamp.now.getTime());
  const d = key === undefined ? undefined : unseal(dependencies.sealKey, key.kid, key.sealed);
  if (key === undefined || d === undefined)
    throw new Fault('INTERNAL', {}, { cause: new Error('no signing key opens') });
  const sign = await tokenSigner(kind, { kid: key.kid, x: key.x, d });
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
