import { describe, expect, it } from 'vitest';
import { bulkhead } from './bulkhead.ts';

describe('a bulkhead', () => {
  it('lets one tenant wait as far as there is room, refuses its next at once, and never another tenant', async () => {
    const within = bulkhead(2);
    const door = Promise.withResolvers<string>();
    const wait = (tenantId: string) => within(tenantId, () => door.promise);
    const waiting = [wait('acme'), wait('acme')];
    await expect(wait('acme')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    waiting.push(wait('other'));
    door.resolve('in');
    expect(await Promise.all(waiting)).toEqual(['in', 'in', 'in']);
    expect(await wait('acme')).toBe('in');
  });
  it('makes room when the work of a tenant fails', async () => {
    const within = bulkhead(1);
    const failing = within('acme', async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await within('acme', async () => 'in')).toBe('in');
  });
});
