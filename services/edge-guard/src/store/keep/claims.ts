/**
 * Short-lived values that all copies see, each under a key that one of them claims: a nonce that was spent, a request
 * that is under way or answered. Throws Fault UNAVAILABLE within 50 ms when the store does not answer.
 */
export type Claims = Readonly<{
  /**
   * Sets the value if there is none, in one step, and answers `undefined`; else answers the value that stands and
   * changes nothing.
   */
  claim: (key: string, value: string, lifeMs: number) => Promise<string | undefined>;
  put: (key: string, value: string, lifeMs: number) => Promise<void>;
  release: (key: string) => Promise<void>;
}>;
