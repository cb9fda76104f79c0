import { expect, it } from 'vitest';
import { tokenOfBody } from './token-of-body.ts';

it('the token of a body is taken where there is one, and its lack is refused', () => {
  const run = tokenOfBody.run({});
  expect(run({ body: { authToken: 'a' } })).toEqual({ token: 'a' });
  expect(() => run({ body: {} })).toThrow(expect.objectContaining({ code: 'AUTH_REQUIRED' }));
});
