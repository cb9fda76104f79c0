import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issuesOf } from './issues.ts';

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
});
const good = {
  ...{ name: 'n', kind: 'export', days: 30, list: ['x'], at: '2026-05-01T12:00:00Z' },
  ...{ id: '6f9619ff-8b86-4d11-b42d-00c04fc964ff', own: 'a', bare: 'b', one: '1' },
};
const secret = 'a-secret-value';
const wrongs: [object, string][] = [
  [{ name: '' }, 'name must not be empty'],
  [{ name: secret }, 'name must have at most 5 characters'],
  [{ name: undefined }, 'name is required'],
  [{ name: 7 }, 'name must be text'],
  [{ kind: secret }, 'kind must be one of: export, erase'],
  [{ days: 1 }, 'days must be at least 30'],
  [{ days: 61 }, 'days must be at most 60'],
  [{ days: 30.5 }, 'days must be a whole number'],
  [{ days: secret }, 'days must be a number'],
  [{ list: [] }, 'list must not be empty'],
  [{ list: {} }, 'list must be a list'],
  [{ at: secret }, 'at must be a moment in UTC, such as 2026-05-01T12:00:00Z'],
  [{ id: secret }, 'id must be a UUID, such as 6f9619ff-8b86-4d11-b42d-00c04fc964ff'],
  [{ own: secret }, 'own must be an a'],
  [{ bare: 'A' }, 'bare must be of the form /^[a-z]+$/'],
  [{ one: secret }, 'one must be 1'],
  [{ extra: secret }, '(whole) must not have the field extra'],
];

describe('a mistake in what was sent', () => {
  it.each(wrongs)(
    '%j is told as a sentence of ours that names the field and what is allowed, never the value',
    (over, said) => {
      const read = schema.safeParse({ ...good, ...over });
      const [issue] = read.success ? [] : issuesOf(read.error);
      expect(`${issue?.path} ${issue?.message}`).toBe(said);
      expect(JSON.stringify(issue)).not.toContain(secret);
    },
  );
});
