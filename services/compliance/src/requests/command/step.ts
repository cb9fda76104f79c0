import type { PrivacyRequest, StepResult } from '../decide/privacy-request.ts';

/** What a step answers; its name is known to whoever ran it. */
export type StepDone = Omit<StepResult, 'step'>;

/** One step of a request. It is safe to repeat. */
export type Step<Dependencies> = Readonly<{
  /**
   * How much the step will take away. It is counted and stored before the step begins, for a copy that is killed in the
   * step has taken some of it already. A step without it answers by itself how much it did.
   */
  plan?: (dependencies: Dependencies, request: PrivacyRequest) => Promise<number>;
  run: (dependencies: Dependencies, request: PrivacyRequest) => Promise<StepDone>;
}>;

export const plannedCount = ({ planned }: PrivacyRequest): number => planned?.count ?? 0;
