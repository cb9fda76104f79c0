import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { bearer } from './bearer.ts';

describe('the bearer check', () => {
  const run = bearer.run({});
  it('adds the token of the header, or none', () => {
    expect(run(asked({ headers: { authorization: 'Bearer a.b.c' } }))).toEqual({ token: 'a.b.c' });
    expect(run(asked())).toEqual({ token: undefined });
  });
  it('refuses a bearer’s header that holds no token', () => {
    const request = asked({ headers: { authorization: 'Bearer' } });
    expect(() => run(request)).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});
