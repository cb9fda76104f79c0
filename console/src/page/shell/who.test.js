import { afterEach, expect, it, vi } from 'vitest';
import { me, zone } from '../state.js';

vi.mock('../facts.js', () => import(/** @type {string} */ ('../../facts.ts')));
const { meetMe } = await import('./who.js');

afterEach(() => {
  vi.unstubAllGlobals();
  [me.value, zone.value] = [undefined, 'UTC'];
});

it('times are not shown in the zone of the tenant of whoever was met before', async () => {
  zone.value = 'Asia/Tokyo';
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ code: 'AUTH_REQUIRED' }), { status: 401 }));
  expect(await meetMe()).toBe(true);
  expect([me.value, zone.value]).toEqual([null, 'UTC']);
});
