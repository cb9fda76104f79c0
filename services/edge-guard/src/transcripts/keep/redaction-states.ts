/**
 * What one batch of a call’s words tells the next, so that a card which is split over them is seen. Whoever takes it holds it alone: until it is put
 * back, others find nothing, and must take the safe side. So must whoever finds nothing because it was lost. Throws Fault UNAVAILABLE within 50 ms
 * when the store does not answer.
 */
export type Carries = Readonly<{
  /** Takes away what stands, in one step. `undefined` where nothing does. */
  take: (key: string) => Promise<string | undefined>;
  put: (key: string, value: string, lifeMs: number) => Promise<void>;
}>;
