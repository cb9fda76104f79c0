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
/** A key signs for a month; then its successor signs. */
const signsForMs = 30 * 24 * hourMs;
/** A key verifies for a day longer than it signs, which is longer than any token lives that it signed. */
const overlapMs = 25 * hourMs;
/** A successor is known everywhere before it signs. */
const aheadMs = 5_000;
const leaseMs = hourMs;
/** A lease of the old key outlasts the start of its successor by so much, and is never shorter. */
const handoverMs = 1_000;

/** From when to when a new key is good. The first key of a ring signs at once. */
export function lifeOfKey(isFirst: boolean, nowMs: number): Pick<SigningKey, 'signsFromMs' | 'expiresAtMs'> {
  const signsFromMs = isFirst ? nowMs : nowMs + aheadMs;
  return { signsFromMs, expiresAtMs: signsFromMs + signsForMs + leaseMs + overlapMs };
}

export const newestOf = (ring: KeyRing): SigningKey | undefined => ring.keys.at(-1);

/** The key that signs now: the newest one whose public half had time to travel, or else the oldest that lives. */
export function signerOf(ring: KeyRing, nowMs: number): SigningKey | undefined {
  const living = ring.keys.filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  return living.filter(({ signsFromMs }) => signsFromMs <= nowMs).at(-1) ?? living[0];
}

/** Until when a lease of a key lasts. After a rotation it ends soon, so that the successor takes over. */
export function leaseEndMs(ring: KeyRing, { kid }: SigningKey, nowMs: number): number {
  const newest = newestOf(ring);
  const endMs = newest !== undefined && newest.kid !== kid ? newest.signsFromMs + handoverMs : nowMs + leaseMs;
  return Math.max(endMs, nowMs + handoverMs);
}

export const mustRotate = (ring: KeyRing, nowMs: number): boolean => {
  const newest = newestOf(ring);
  return newest === undefined || nowMs - newest.signsFromMs >= signsForMs;
};

/** Adds a key, lets those before it verify for the overlap and no longer, and forgets those that have expired. */
export function rotated(ring: KeyRing, key: SigningKey, nowMs: number): KeyRing {
  const older = ring.keys.map((each) => ({
    ...each,
    expiresAtMs: Math.min(each.expiresAtMs, nowMs + leaseMs + overlapMs),
  }));
  return { ...ring, keys: [...older.filter(({ expiresAtMs }) => expiresAtMs > nowMs), key] };
}
