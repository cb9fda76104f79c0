import { mistakeSaid, TotpCode } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issuesOf } from './issues.ts';

const ceiling = mistakeSaid('above-ceiling', { most: 3 });
const schema = z.strictObject({
  name: z.string().min(1).max(5),
  kind: z.enum(['export', 'erase']),
  days: z.number().int().min(30).max(60),
  list: z.array(z.string()).min(1),
  at: z.iso.datetime(),
  id: z.uuid(),
  own: z.string().regex(/^a$/, 'must be an a'),
  bare: z.string().regex(/^[a-z]+$/),
  one: z.literal('1'),
  said: TotpCode,
  sum: z.string().refine((text) => text === '3', { message: ceiling.message, params: ceiling }),
});
const good = {
  ...{ name: 'n', kind: 'export', days: 30, list: ['x'], at: '2026-05-01T12:00:00Z' },
  ...{ id: '6f9619ff-8b86-4d11-b42d-00c04fc964ff', own: 'a', bare: 'b', one: '1' },
  ...{ said: '123456', sum: '3' },
};
const secret = 'a-secret-value';
const wrongs: [object, string, string, object?][] = [
  [{ name: '' }, 'name must not be empty', 'empty'],
  [{ name: secret }, 'name must have at most 5 characters', 'too-many-characters', { most: 5 }],
  [{ name: undefined }, 'name is required', 'required'],
  [{ name: 7 }, 'name must be text', 'not-text'],
  [{ kind: secret }, 'kind must be one of: export, erase', 'none-of', { allowed: 'export, erase' }],
  [{ days: 1 }, 'days must be at least 30', 'below', { least: 30 }],
  [{ days: 61 }, 'days must be at most 60', 'above', { most: 60 }],
  [{ days: 30.5 }, 'days must be a whole number', 'not-whole'],
  [{ days: secret }, 'days must be a number', 'not-a-number'],
  [{ list: [] }, 'list must not be empty', 'empty'],
  [{ list: {} }, 'list must be a list', 'not-a-list'],
  [{ at: secret }, 'at must be a moment in UTC, such as 2026-05-01T12:00:00Z', 'no-moment'],
  [{ id: secret }, 'id must be a UUID, such as 6f9619ff-8b86-4d11-b42d-00c04fc964ff', 'no-uuid'],
  [{ bare: 'A' }, 'bare must be of the form /^[a-z]+$/', 'other-form', { form: '/^[a-z]+$/' }],
  [{ one: secret }, 'one must be 1', 'other-value', { allowed: '1' }],
  [{ extra: secret }, '(whole) must not have the field extra', 'unknown-fields', { fields: 'extra' }],
  [{ said: secret }, 'said must be six digits', 'six-digits'],
  [{ sum: secret }, 'sum must be at most 3, the platform’s ceiling', 'above-ceiling', { most: 3 }],
];

describe('a mistake in what was sent', () => {
  it.each(wrongs)(
    '%j is told as a sentence of ours that names the field and what is allowed, never the value',
    (over, said, mistake, values) => {
      const read = schema.safeParse({ ...good, ...over });
      const [issue] = read.success ? [] : issuesOf(read.error);
      expect(`${issue?.path} ${issue?.message}`).toBe(said);
      expect([issue?.mistake, issue?.values]).toEqual([mistake, values]);
      expect(JSON.stringify(issue)).not.toContain(secret);
    },
  );
  it('has no code where a schema says a sentence of its own', () => {
    const [issue] = issuesOf(schema.safeParse({ ...good, own: 'b' }).error as z.ZodError);
    expect(issue).toEqual({ path: 'own', message: 'must be an a' });
  });
});
