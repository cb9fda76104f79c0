import { describe, expect, it } from 'vitest';
import { crowd } from './bulkhead.ts';

describe('a crowd of one tenant', () => {
  it('waits as far as there is room; the next is refused at once, and another tenant is not', async () => {
    const inCrowd = crowd(2);
    const door = Promise.withResolvers<string>();
    const wait = (tenantId: string) => inCrowd(tenantId, () => door.promise);
    const waiting = [wait('acme'), wait('acme')];
    await expect(wait('acme')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    waiting.push(wait('other'));
    door.resolve('in');
    expect(await Promise.all(waiting)).toEqual(['in', 'in', 'in']);
    expect(await wait('acme')).toBe('in');
  });
  it('makes room when one of it fails', async () => {
    const inCrowd = crowd(1);
    const failing = inCrowd('acme', async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await inCrowd('acme', async () => 'in')).toBe('in');
  });
});
