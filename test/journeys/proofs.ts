import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from 'node:crypto';
import { SigningKeyDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { TokenKind } from '@vox/platform/crypto';

export type TestKey = Readonly<{ kid: string; x: string; secret: KeyObject }>;

export function newKey(): TestKey {
  const { privateKey: secret, publicKey } = generateKeyPairSync('ed25519');
  return { kid: randomBytes(12).toString('base64url'), x: publicKey.export({ format: 'jwk' }).x ?? '', secret };
}

/** A key that every service knows, for one use. */
export async function knownKey(bus: Pick<Bus, 'documents'>, use: string): Promise<TestKey> {
  const key = newKey();
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  await bus.documents(SigningKeyDocument).put(key.kid, { kid: key.kid, use: use as 'login', x: key.x, expiresAt });
  return key;
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

export type Written = Readonly<{ header?: object; over?: object; now?: number; lifeSeconds?: number }>;

/** A token with whatever in it, signed by a key, or by nobody where there is none. */
export function written(kind: TokenKind, key: TestKey | undefined, claims: object, given: Written = {}): string {
  const { header = {}, over = {}, now = Date.now(), lifeSeconds = 600 } = given;
  const iat = Math.floor(now / 1_000);
  const registered = { iss: 'vox', aud: kind.audience, jti: randomUUID(), iat, exp: iat + lifeSeconds };
  const head = encoded({ alg: key === undefined ? 'none' : 'EdDSA', typ: kind.typ, kid: key?.kid, ...header });
  const signed = `${head}.${encoded({ ...claims, ...registered, ...over })}`;
  return `${signed}.${key === undefined ? '' : sign(null, Buffer.from(signed), key.secret).toString('base64url')}`;
}
