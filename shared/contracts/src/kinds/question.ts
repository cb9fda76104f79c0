import type { z } from 'zod';

/**
 * A question one service asks another, with its only request and reply schemas. A request is strict at every depth: a field that is dropped in silence
 * could be the one that says what is meant alone, and the question would then mean all.
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
