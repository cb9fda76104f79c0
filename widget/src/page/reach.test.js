import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const base = 'https://vox.example';
/** @type {[string, any][]} */
let asked = [];
/** @type {[string, string][]} */
let beacons = [];
beforeEach(() => {
  [asked, beacons] = [[], []];
  vi.resetModules();
  vi.stubGlobal('fetch', async (/** @type {string} */ path, /** @type {any} */ wanted) => {
    asked.push([path, wanted]);
    return Response.json({ ok: true });
  });
  vi.stubGlobal('document', { querySelector: () => ({ getAttribute: () => 'https://shop.example' }) });
  vi.stubGlobal('navigator', {
    sendBeacon: (/** @type {string} */ path, /** @type {string} */ text) => beacons.push([path, text]) > 0,
  });
});
afterEach(() => vi.unstubAllGlobals());

describe('a page that asks VOX', () => {
  it('asks by path and names its framer where it is VOX’s own, and leaves a beacon', async () => {
    const [{ sendLast }, { ask }] = await Promise.all([import('./reach.js'), import('./api.js')]);
    await ask('/api/heartbeat', { token: 't' });
    sendLast('/api/session/end', '{}');
    expect(asked.map(([path, { headers }]) => [path, headers['x-vox-framed-by']])).toEqual([
      ['/api/heartbeat', 'https://shop.example'],
    ]);
    expect(beacons).toEqual([['/api/session/end', '{}']]);
  });
  it('asks VOX’s origin and names nobody where it is a tenant’s, and its last request outlives it', async () => {
    const [{ reachAt, sendLast }, { ask }] = await Promise.all([import('./reach.js'), import('./api.js')]);
    reachAt(base);
    await ask('/api/heartbeat', { token: 't' });
    sendLast('/api/session/end', '{"a":1}');
    expect(asked[0]?.[0]).toBe(`${base}/api/heartbeat`);
    expect(Object.keys(asked[0]?.[1].headers)).toEqual(['authorization', 'content-type']);
    const last = { method: 'POST', keepalive: true, credentials: 'omit', body: '{"a":1}' };
    // It has no header of its own: one would need a preflight, which a page that goes away does not wait for.
    expect(asked[1]).toEqual([`${base}/api/session/end`, last]);
    expect(beacons).toEqual([]);
  });
  it('speaks to one VOX alone', async () => {
    const { reachAt } = await import('./reach.js');
    reachAt(base);
    reachAt(base);
    expect(() => reachAt('https://other.example')).toThrow(RangeError);
  });
});
