import type { Acting, TokenUse } from '@vox/contracts';

/** One Ed25519 key, and who asked for it. The private half is sealed. */
export type SigningKey = Readonly<{
  kid: string;
  x: string;
  sealed: string;
  signsFromMs: number;
  expiresAtMs: number;
  by: Acting;
}>;
export type KeyRing = Readonly<{ use: TokenUse; keys: readonly SigningKey[] }>;

const hourMs = 3_600_000;
/** A key signs for a month, then its successor does. */
export const signsForMs = 30 * 24 * hourMs;
/** It proves for a day longer than it signs: longer than any token it signed can live. */
export const overlapMs = 25 * hourMs;
/** A successor is known everywhere before it signs. */
export const aheadMs = 5_000;
export const leaseMs = hourMs;

export const newestOf = (ring: KeyRing): SigningKey | undefined => ring.keys.at(-1);

/** The key that signs now: the newest whose public half had time to travel, or the only one there is. */
export function signerOf(ring: KeyRing, nowMs: number): SigningKey | undefined {
  const living = ring.keys.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  return living.filter(({ signsFromMs }) => signsFromMs <= nowMs).at(-1) ?? living[0];
}

export const mustRotate = (ring: KeyRing, nowMs: number): boolean => {
  const newest = newestOf(ring);
  return newest === undefined || nowMs - newest.signsFromMs >= signsForMs;
};

/** Adds a key, lets those before it prove for the overlap and no longer, and forgets what has expired. */
export function rotated(ring: KeyRing, key: SigningKey, nowMs: number): KeyRing {
  const older = ring.keys.map((each) => ({
    ...each,
    expiresAtMs: Math.min(each.expiresAtMs, nowMs + leaseMs + overlapMs),
  }));
  return { ...ring, keys: [...older.filter(({ expiresAtMs }) => expiresAtMs > nowMs), key] };
}
