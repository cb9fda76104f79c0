import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { addressLimit } from './address-limit.ts';
import { limiting, over } from './limit-checks.fixture.ts';

describe('the address limit', () => {
  it('counts each address alone, refuses what is over, and shows what is left', async () => {
    const run = addressLimit.run(limiting(1));
    const request = { ...asked(), ip: '192.0.2.1' };
    expect(await run(request)).toEqual({ isCounted: true });
    expect(request.response.locals.limits).toContain('X-RateLimit-Remaining');
    await expect(run(request)).rejects.toMatchObject(over('ip'));
    expect(await run({ ...asked(), ip: '192.0.2.2' })).toEqual({ isCounted: true });
  });
});
