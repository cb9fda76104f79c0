import { describe, expect, it, vi } from 'vitest';
import { onTwins } from '../../compliance.fixture.ts';
import { keyRing } from './key-ring.ts';

const tenantId = 'acme';
const many = Array.from({ length: 200 }, (_, n) => n);

describe('the keys of a tenant', () => {
  it('are looked at once, and again when they are held no longer, however many need them at once', async () => {
    const twins = onTwins();
    const decided = vi.spyOn(twins.tenantKeys, 'decideOnce');
    const ring = keyRing(twins);
    for (const round of [1, 2]) {
      const keys = await Promise.all(many.map(() => ring.keysOf(tenantId)));
      expect(new Set(keys.map(({ data }) => Buffer.from(data).toString('hex'))).size).toBe(1);
      expect(decided).toHaveBeenCalledTimes(round);
      twins.clock.advanceMs(120_000);
    }
  });
  it('fail for all who wait when the store fails, and for nobody after', async () => {
    const twins = onTwins();
    vi.spyOn(twins.tenantKeys, 'decideOnce').mockRejectedValueOnce(new Error('down'));
    const ring = keyRing(twins);
    const first = await Promise.allSettled(many.map(() => ring.keysOf(tenantId)));
    expect(first.every(({ status }) => status === 'rejected')).toBe(true);
    expect((await ring.keysOf(tenantId)).data).toHaveLength(32);
  });
});
