import { createPrivateKey, sign } from 'node:crypto';
import { type CryptoKey, errors, importJWK, jwtVerify } from 'jose';
import { z } from 'zod';
import { Fault } from '../fault/mod.ts';

/**
 * One kind of token: its `typ`, its audience and the only schema of its claims. A token of one kind is never accepted
 * as another, whatever key signed it (RFC 8725 §3.11, §3.12).
 */
export type TokenKind<C extends z.ZodType = z.ZodType> = Readonly<{
  use: string;
  typ: string;
  audience: string;
  claims: C;
  /** A token that says that it lives longer than this is none of ours, whatever key signed it. */
  lifeSecondsMax?: number;
}>;

export const issuer = 'vox';
const algorithm = 'EdDSA';
/** Clocks of two machines may differ by this much, in seconds. */
const clockToleranceSeconds = 5;

export type PrivateKey = Readonly<{ kid: string; x: string; d: string }>;
export type PublicKey = Readonly<{ use: string; x: string; expiresAt: string }>;

export type Stamp = Readonly<{ id: string; subject: string; now: Date; lifeSeconds: number }>;
export type Signer<C> = (claims: C, stamp: Stamp) => Promise<string>;

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * Makes a signer of one kind of token from a leased Ed25519 key. The token is built here (RFC 7515 §3.1: header,
 * payload and signature, each in base64url) and signed at once, in some thirty microseconds. jose, which verifies
 * tokens, would hand each to another thread and back, which costs more when every core is busy.
 */
export async function tokenSigner<C extends z.ZodType>(
  kind: TokenKind<C>,
  key: PrivateKey,
): Promise<Signer<z.input<C>>> {
  const secret = createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: key.x, d: key.d } });
  const header = encoded({ alg: algorithm, typ: kind.typ, kid: key.kid });
  return async (claims, { id, subject, now, lifeSeconds }) => {
    const iat = Math.floor(now.getTime() / 1000);
    const registered = { iss: issuer, aud: kind.audience, sub: subject, jti: id, iat, exp: iat + lifeSeconds };
    const signed = `${header}.${encoded({ ...(kind.claims.parse(claims) as object), ...registered })}`;
    return `${signed}.${sign(null, Buffer.from(signed), secret).toString('base64url')}`;
  };
}

export type Verified<C> = Readonly<{ id: string; subject: string; issuedAt: Date; expiresAt: Date; claims: C }>;

/** `graceSeconds` accepts a token that expired this recently; only renewal uses it. */
export type Verifier<C> = (token: string, now: Date, options?: { graceSeconds?: number }) => Promise<Verified<C>>;

const Stamped = z.object({
  jti: z.string().min(1),
  sub: z.string().min(1),
  iat: z.number().int(),
  exp: z.number().int(),
});
/** Longer is no token of ours, and costs nobody a signature check. */
const longestToken = 4096;

/**
 * Makes a verifier of one kind of token. Keys come from `find`, in memory. Throws Fault AUTH_REQUIRED for any invalid
 * token. Only the private cause says which check failed.
 */
export function tokenVerifier<C extends z.ZodType>(
  kind: TokenKind<C>,
  find: (kid: string) => PublicKey | undefined,
): Verifier<z.infer<C>> {
  const imported = new WeakMap<PublicKey, Promise<CryptoKey | Uint8Array>>();
  const keyOf = (kid: unknown, now: Date): Promise<CryptoKey | Uint8Array> => {
    const key = typeof kid === 'string' ? find(kid) : undefined;
    if (key === undefined || key.use !== kind.use || Date.parse(key.expiresAt) <= now.getTime())
      throw new errors.JWKSNoMatchingKey();
    const known = imported.get(key) ?? importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.x }, algorithm);
    imported.set(key, known);
    return known;
  };
  return async (token, now, { graceSeconds = 0 } = {}) => {
    try {
      if (token.length > longestToken) throw new errors.JWTInvalid('too long');
      const { payload } = await jwtVerify(token, (header) => keyOf(header.kid, now) as Promise<CryptoKey>, {
        algorithms: [algorithm],
        typ: kind.typ,
        issuer,
        audience: kind.audience,
        currentDate: now,
        clockTolerance: clockToleranceSeconds + graceSeconds,
      });
      const stamp = Stamped.parse(payload);
      if (stamp.iat > now.getTime() / 1000 + clockToleranceSeconds) throw new errors.JWTInvalid('issued in the future');
      if (stamp.exp - stamp.iat > (kind.lifeSecondsMax ?? Number.POSITIVE_INFINITY))
        throw new errors.JWTInvalid('lives too long');
      const claims = kind.claims.parse(payload) as z.infer<C>;
      return {
        id: stamp.jti,
        subject: stamp.sub,
        issuedAt: new Date(stamp.iat * 1000),
        expiresAt: new Date(stamp.exp * 1000),
        claims,
      };
    } catch (cause) {
      throw new Fault('AUTH_REQUIRED', {}, { cause });
    }
  };
}
