/** How often a chain is signed: whichever comes first. */
export type CheckpointPace = Readonly<{ everyEntries: number; everyMs: number }>;

export const standardPace: CheckpointPace = { everyEntries: 1_000, everyMs: 300_000 };

/**
 * Whether a chain wants a checkpoint. Marked before anything is appended, so that a crash right after leaves a chain that the sweep still finds.
 * `dueAtMs` is `null` while nothing was appended since the last checkpoint.
 */
export type Mark = Readonly<{ checkpointed: number; markedAtMs: number; dueAtMs: number | null }>;

/** Something is about to be appended. */
export const marked = (known: Mark | undefined, nowMs: number, { everyMs }: CheckpointPace): Mark => ({
  checkpointed: known?.checkpointed ?? 0,
  markedAtMs: nowMs,
  dueAtMs: known?.dueAtMs ?? nowMs + everyMs,
});

/** So much was appended that the time is not waited for. */
export const hurried = (known: Mark, nowMs: number): Mark => ({
  ...known,
  dueAtMs: Math.min(known.dueAtMs ?? nowMs, nowMs),
});

/** The chain was signed at a place. It stays due: whoever marked it lately may append without marking it again. */
export const checkpointed = (known: Mark, sequence: number, nowMs: number, { everyMs }: CheckpointPace): Mark => ({
  ...known,
  checkpointed: Math.max(known.checkpointed, sequence),
  dueAtMs: nowMs + everyMs,
});

/** Nothing new was found. It rests once nobody can rely on an old mark any more. */
export const quiet = (known: Mark, nowMs: number, { everyMs }: CheckpointPace): Mark => ({
  ...known,
  dueAtMs: nowMs - known.markedAtMs >= everyMs ? null : nowMs + everyMs,
});

/** For so long whoever marked a chain need not mark it again: shorter than what a chain takes to rest. */
export const trustedMs = ({ everyMs }: CheckpointPace): number => everyMs / 2;
