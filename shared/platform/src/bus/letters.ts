import type { DeadLetter, Redelivered } from '@vox/contracts';

export type PlacedLetter = Readonly<{ place: number; letter: DeadLetter }>;

/** Dead letters, for whoever delivers them again or erases them. A letter is known by its place in their stream. */
export type Letters = Readonly<{
  /** The letter at a place, while it is there. Throws Fault UNAVAILABLE. */
  letter: (place: number) => Promise<DeadLetter | undefined>;
  /**
   * Letters behind a place, the oldest first, `most` of them at most; with a consumer, those that it gave up. Throws
   * Fault UNAVAILABLE.
   */
  lettersAfter: (place: number, most: number, consumer?: string) => Promise<readonly PlacedLetter[]>;
  /** How many letters there are of each consumer that has any. Throws Fault UNAVAILABLE. */
  countLetters: () => Promise<ReadonlyMap<string, number>>;
  /** Erases a letter. Answers whether it was there. Only compliance may do it. Throws Fault UNAVAILABLE. */
  dropLetter: (place: number) => Promise<boolean>;
  /**
   * Hands the message of a letter to the handler that this process has for its consumer, once. The letter stays,
   * whatever comes of it: who asked for it erases it when it is done. Nobody waits for an answer to such a message any
   * more. Throws Fault UNAVAILABLE when the letter cannot be read.
   */
  redeliver: (place: number) => Promise<Redelivered>;
}>;
