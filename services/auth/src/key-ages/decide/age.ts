import { type AgingCause, type AgingKeyKind, agingDays } from '@vox/contracts';

/** What is kept of the age of a key. Times are epoch milliseconds. */
export type KeyAge = Readonly<{
  tenantId: string;
  kind: AgingKeyKind;
  keyId: string;
  /** From when its age counts where nobody knows when it was made. */
  firstSeenMs: number;
  /** To the minute. */
  lastUsedMs: number | null;
  /** When it was last found among the keys that work. */
  seenMs: number;
  /** What has been published of it: once for each cause. */
  told: readonly AgingCause[];
}>;

/** A key that works, as its domain knows it. `lastUsedAt` is left out where nobody counts its use. */
export type KnownKey = Readonly<{
  tenantId: string;
  kind: AgingKeyKind;
  keyId: string;
  createdAt: string | null;
  lastUsedAt?: string | null | undefined;
}>;

const dayMs = 86_400_000;
const agingMs = agingDays * dayMs;
/** What is kept of a key that is found no more is kept for so long. */
const forgottenAfterMs = 30 * dayMs;
/** Finding a key again is written down once a day. */
const seenStepMs = dayMs;

export const keyAgeDueAtMs = ({ seenMs }: KeyAge): number => seenMs + forgottenAfterMs;

export const newAge = ({ tenantId, kind, keyId }: Omit<KnownKey, 'createdAt'>, nowMs: number): KeyAge => ({
  ...{ tenantId, kind, keyId, firstSeenMs: nowMs, lastUsedMs: null, seenMs: nowMs, told: [] },
});

/** The age after the key was found again, or the same age where that need not be written down. */
export const seenAgain = (age: KeyAge, nowMs: number): KeyAge =>
  nowMs - age.seenMs < seenStepMs ? age : { ...age, seenMs: nowMs };

const later = (a: number | null, b: string | null | undefined): number | null =>
  b === undefined || b === null ? a : Math.max(a ?? 0, Date.parse(b));

/** What is told of a key: why, since when it is so, and when that was long enough: the time of the fact. */
export type Aging = Readonly<{ cause: AgingCause; sinceMs: number; turnedAtMs: number }>;

/**
 * What is to be told of a key, and since when it is so. A key that was never used counts as unused from the moment at
 * which its use could be seen first.
 */
export function agingOf(age: KeyAge, key: KnownKey, nowMs: number): Aging[] {
  const createdMs = key.createdAt === null ? age.firstSeenMs : Date.parse(key.createdAt);
  const usedMs = later(age.lastUsedMs, key.lastUsedAt) ?? Math.max(createdMs, age.firstSeenMs);
  const causes: { cause: AgingCause; sinceMs: number }[] = [{ cause: 'old', sinceMs: createdMs }];
  if (key.lastUsedAt !== undefined) causes.push({ cause: 'unused', sinceMs: usedMs });
  return causes
    .filter(({ cause, sinceMs }) => nowMs - sinceMs >= agingMs && !age.told.includes(cause))
    .map((each) => ({ ...each, turnedAtMs: each.sinceMs + agingMs }));
}

/** The age after a use. Uses within a minute are one: each would be a write. */
export function usedAt(age: KeyAge, atMs: number): KeyAge {
  const minute = Math.floor(atMs / 60_000) * 60_000;
  return age.lastUsedMs !== null && age.lastUsedMs >= minute ? age : { ...age, lastUsedMs: minute };
}
