/** How often a chain is signed: whichever comes first. */
export type CheckpointPace = Readonly<{ everyEntries: number; everyMs: number }>;

export const standardPace: CheckpointPace = { everyEntries: 1_000, everyMs: 300_000 };

/**
 * Up to where a chain is signed, and when it is to be signed next. Written before anything is appended, so that a crash
 * right after leaves a chain that the sweep still finds. `dueAtMs` is `null` while nothing was appended since the last
 * checkpoint.
 */
export type CheckpointPlace = Readonly<{ checkpointed: number; markedAtMs: number; dueAtMs: number | null }>;

/** Something is about to be appended. */
export const awaited = (
  known: CheckpointPlace | undefined,
  nowMs: number,
  { everyMs }: CheckpointPace,
): CheckpointPlace => ({
  checkpointed: known?.checkpointed ?? 0,
  markedAtMs: nowMs,
  dueAtMs: known?.dueAtMs ?? nowMs + everyMs,
});

/** So much was appended that the time is not waited for. */
export const hurried = (known: CheckpointPlace, nowMs: number): CheckpointPlace => ({
  ...known,
  dueAtMs: Math.min(known.dueAtMs ?? nowMs, nowMs),
});

/**
 * The chain was signed at a place. It stays due: whoever wrote its place lately may append without writing it again.
 */
export const checkpointed = (
  known: CheckpointPlace,
  sequence: number,
  nowMs: number,
  { everyMs }: CheckpointPace,
): CheckpointPlace => ({
  ...known,
  checkpointed: Math.max(known.checkpointed, sequence),
  dueAtMs: nowMs + everyMs,
});

/** Nothing new was found. The chain rests once nobody can rely on what was written long ago any more. */
export const quiet = (known: CheckpointPlace, nowMs: number, { everyMs }: CheckpointPace): CheckpointPlace => ({
  ...known,
  dueAtMs: nowMs - known.markedAtMs >= everyMs ? null : nowMs + everyMs,
});

/** For so long whoever wrote the place of a chain need not write it again: shorter than what a chain takes to rest. */
export const trustedMs = ({ everyMs }: CheckpointPace): number => everyMs / 2;
