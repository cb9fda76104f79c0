import { questions } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exampleOf } from './mod.ts';

const named = questions.map((question) => [`${question.service}.${question.name}`, question] as const);

describe('an example of a schema', () => {
  it.each(named)('is a request that %s takes', (_name, { request }) => {
    expect(request.safeParse(exampleOf(request))).toMatchObject({ success: true });
  });
  it.each(named)('is an answer that %s may give', (_name, { reply }) => {
    expect(reply.safeParse(exampleOf(reply))).toMatchObject({ success: true });
  });
  it('is the same each time', () => {
    for (const [, { request, reply }] of named)
      for (const schema of [request, reply]) expect(exampleOf(schema)).toEqual(exampleOf(schema));
  });
  it('shows every optional field, and leaves out what its object does not take beside the others', () => {
    expect(exampleOf(z.object({ a: z.literal(1), b: z.literal(2).optional() }))).toEqual({ a: 1, b: 2 });
    const either = z
      .object({ a: z.literal(1).optional(), b: z.literal(2).optional() })
      .refine(({ a, b }) => (a === undefined) !== (b === undefined));
    expect(exampleOf(either)).toEqual({ b: 2 });
  });
  it('ends where a schema holds itself', () => {
    type Tree = { branches?: Tree[] | undefined };
    const tree: z.ZodType<Tree> = z.lazy(() => z.object({ branches: z.array(tree).optional() }));
    expect(tree.safeParse(exampleOf(tree)).success).toBe(true);
  });
});
