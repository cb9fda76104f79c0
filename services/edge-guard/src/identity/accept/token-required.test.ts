import { expect, it } from 'vitest';
import { tokenRequired } from './token-required.ts';

it('a route that requires a token refuses whoever shows none', () => {
  const run = tokenRequired.run({});
  expect(run({ token: 'a' })).toEqual({ token: 'a' });
  expect(() => run({ token: undefined })).toThrow(expect.objectContaining({ code: 'AUTH_REQUIRED' }));
});
