import type { z } from 'zod';
import type { Action } from '../identity/access.ts';

/**
 * A question of one service to another, with the only schemas of its request and reply. A request is strict at every
 * depth: a field that is dropped in silence could be the one that narrows the question, which would then mean
 * everything.
 */
export type Question<Q extends z.ZodType = z.ZodType, A extends z.ZodType = z.ZodType> = Readonly<{
  service: string;
  name: string;
  summary: string;
  request: Q;
  reply: A;
  /**
   * What it manages. Whoever asks must prove that they may: by a proof of their own, or as the operator of the
   * installation. A question without it is one that a service asks on its own behalf.
   */
  action?: Action;
  /** Every copy of the service answers for itself. Without it, one copy answers for all. */
  everyCopy?: true;
}>;

export const question = <Q extends z.ZodType, A extends z.ZodType>(
  service: string,
  name: string,
  summary: string,
  request: Q,
  reply: A,
  { action, everyCopy }: Readonly<{ action?: Action; everyCopy?: true }> = {},
): Question<Q, A> => ({
  ...{ service, name, summary, request, reply },
  ...(action && { action }),
  ...(everyCopy && { everyCopy }),
});

export const subjectNameOfQuestion = (asked: Question): string => `vox.ask.${asked.service}.${asked.name}`;
/**
 * The name under which the operator of the installation asks. Only its nkey may publish there, and so the name proves
 * who asks.
 */
export const operatorNameOfQuestion = (asked: Question): string => `vox.operate.${asked.service}.${asked.name}`;
/** Every question that a service answers. */
export const questionFiltersOf = (service: string): string[] => [`vox.ask.${service}.*`, `vox.operate.${service}.*`];
