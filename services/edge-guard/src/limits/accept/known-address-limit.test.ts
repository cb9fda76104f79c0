import { describe, expect, it } from 'vitest';
import { asked } from '../../checks/asked.fixture.ts';
import { addressLimit } from './address-limit.ts';
import { knownAddressLimit } from './known-address-limit.ts';
import { limiting } from './limit-checks.fixture.ts';

describe('the known address limit', () => {
  it('refuses an address that was refused before, and counts nobody itself', async () => {
    const dependencies = limiting(1);
    const request = { ...asked(), ip: '192.0.2.1' };
    const run = knownAddressLimit.run(dependencies);
    for (let n = 0; n < 5; n += 1) expect(run(request)).toBeUndefined();
    const count = addressLimit.run(dependencies);
    await count(request);
    expect(run(request)).toBeUndefined();
    await expect(count(request)).rejects.toThrow();
    expect(() => run(request)).toThrow(expect.objectContaining({ code: 'RATE_LIMIT_EXCEEDED' }));
  });
});
