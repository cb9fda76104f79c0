import type { z } from 'zod';

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
}>;

export const question = <Q extends z.ZodType, A extends z.ZodType>(
  service: string,
  name: string,
  summary: string,
  request: Q,
  reply: A,
): Question<Q, A> => ({ service, name, summary, request, reply });

export const subjectNameOfQuestion = (asked: Question): string => `vox.ask.${asked.service}.${asked.name}`;
/** Every question that a service answers. */
export const questionFilterOf = (service: string): string => `vox.ask.${service}.*`;
