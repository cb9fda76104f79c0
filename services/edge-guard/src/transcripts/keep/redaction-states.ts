/**
 * What one batch of a call’s words tells the next, so that a card which is split over them is seen. Whoever takes a
 * state holds it alone: until it is put back, others find nothing, and must take the safe side. So must whoever finds
 * nothing because it was lost. Throws Fault UNAVAILABLE within 50 ms when the store does not answer.
 */
export type RedactionStates = Readonly<{
  /** Takes away what stands, in one step. `undefined` where nothing does. */
  take: (key: string) => Promise<string | undefined>;
  put: (key: string, value: string, lifeMs: number) => Promise<void>;
}>;

/** The key of a call's redaction state. */
export const redactionStateKey = (sessionId: string): string => `carry:${sessionId}`;
