/** How far a consumer is, as the server says it. */
export type Progress = Readonly<{
  /** Messages that nobody has finished. */
  unfinished: number;
  /** Every message up to this sequence number of the stream is finished. */
  floor: number;
}>;

export type Unfinished = Readonly<{
  /** This copy was given a message. */
  given: (sequence: number, storedAtMs: number) => void;
  /** This copy finished one. */
  finished: (sequence: number) => void;
  /** For how long the oldest message that is not finished has been stored, in milliseconds. */
  oldestMs: (progress: Progress, nowMs: number) => number;
}>;

/**
 * What one copy knows of the messages that its consumer has not finished. A consumer gets messages in their order, so
 * the oldest is one that was given to some copy. Of those given to nobody the server tells only that there are some,
 * and a copy may not read the stream: they are at least as old as they have been seen here.
 */
export function unfinishedMessages(): Unfinished {
  const storedAtMs = new Map<number, number>();
  let seenSinceMs: number | undefined;
  return {
    given: (sequence, atMs) => void storedAtMs.set(sequence, atMs),
    finished: (sequence) => void storedAtMs.delete(sequence),
    oldestMs({ unfinished, floor }, nowMs) {
      // Another copy may have finished what was given to this one first.
      for (const sequence of storedAtMs.keys()) if (unfinished === 0 || sequence <= floor) storedAtMs.delete(sequence);
      if (unfinished === 0) {
        seenSinceMs = undefined;
        return 0;
      }
      if (storedAtMs.size > 0) {
        // Something moves: what waits behind it is younger.
        seenSinceMs = undefined;
        return Math.max(0, nowMs - Math.min(...storedAtMs.values()));
      }
      seenSinceMs ??= nowMs;
      return nowMs - seenSinceMs;
    },
  };
}
