import { timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator app can do (RFC 6238; the apps leave out whatever else an address says). */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
export const stepMs = shape.period * 1_000;
/** Clocks of telephones are wrong by some seconds, and codes take some to type (RFC 6238 §5.2). */
const stepsAside = [0, -1, 1] as const;

export const totpSecretBytes = 20;

const codeAt = (secret: Secret, step: number): string => TOTP.generate({ secret, ...shape, timestamp: step * stepMs });

/** The step near now whose code this is. Every step is looked at, whatever the first ones say. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | undefined {
  const key = Secret.fromBase32(secret);
  const now = Math.floor(nowMs / stepMs);
  const steps = stepsAside.map((aside) => now + aside).filter((step) => step >= 0);
  const found = steps.filter((step) => isSame(codeAt(key, step), code));
  return found[0];
}

function isSame(expected: string, given: string): boolean {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** A new secret, in base32. */
export const newTotpSecret = (random: (size: number) => Uint8Array): string => {
  const { buffer, byteOffset, byteLength } = Buffer.from(random(totpSecretBytes));
  return new Secret({ buffer: buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer }).base32;
};

/** The address that an app reads from a picture. */
export const totpUri = (secret: string, { issuer, label }: Readonly<{ issuer: string; label: string }>): string =>
  new TOTP({ ...shape, issuer, label, secret: Secret.fromBase32(secret) }).toString();
