/**
 * Short-lived marks that all copies see: a proof that was spent, a request that is under way or answered. Throws Fault UNAVAILABLE within
 * 50 ms when the store does not answer.
 */
export type Marks = Readonly<{
  /** Sets the mark if there is none, in one step, and answers `undefined`; else answers the value that stands and changes nothing. */
  claim: (key: string, value: string, lifeMs: number) => Promise<string | undefined>;
  put: (key: string, value: string, lifeMs: number) => Promise<void>;
  drop: (key: string) => Promise<void>;
}>;
