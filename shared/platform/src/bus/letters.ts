import type { DeadLetter, Redelivered } from '@vox/contracts';

/** Dead letters, for whoever delivers them again or erases them. A letter is known by its place in their stream. */
export type Letters = Readonly<{
  /** The letter at a place, while it is there. Throws Fault UNAVAILABLE. */
  letter: (place: number) => Promise<DeadLetter | undefined>;
  /** Erases a letter. Answers whether it was there. Only compliance may do it. Throws Fault UNAVAILABLE. */
  dropLetter: (place: number) => Promise<boolean>;
  /**
   * Hands the message of a letter to the handler that this process has for its consumer, once. The letter stays,
   * whatever comes of it: who asked for it erases it when it is done. Nobody waits for an answer to such a message any
   * more. Throws Fault UNAVAILABLE when the letter cannot be read.
   */
  redeliver: (place: number) => Promise<Redelivered>;
}>;
