import { setTimeout as pause } from 'node:timers/promises';
import { PolicyDocument } from '@vox/contracts';
import { furnish, natsServer, somePolicy } from '@vox/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { systemClock as clock } from '../../time/mod.ts';
import { natsBus } from './bus.ts';

const server = await natsServer({ ...process.env, NATS_URL: undefined });
const servers = [server?.url ?? ''];
afterAll(async () => {
  await server?.stop();
});

describe.skipIf(server === undefined)('a service on an empty server', () => {
  it('makes nothing, names what is missing, works with what others made, and hears of a new link once all is there again', async () => {
    const bus = await vi.waitFor(() => natsBus({ servers, service: 'quota', clock, onThrow: () => undefined }), 10_000);
    const needed = [
      'stream VOX_CALLS',
      'stream VOX_DEAD',
      'stream KV_vox-policy',
      'consumer quota-requests of VOX_CALLS',
    ];
    const missing = await bus.missing();
    expect(missing).toEqual(expect.arrayContaining(needed.map((what) => `${what} is not there`)));
    expect(missing.join()).not.toMatch(/VOX_TRANSCRIPTS|vox-agents|compliance/);
    await expect(bus.documents(PolicyDocument).follow()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await bus.missing()).toEqual(missing);
    await furnish(servers[0] ?? '');
    expect(await bus.missing()).toEqual([]);

    const policies = await bus.documents(PolicyDocument).follow();
    await bus.documents(PolicyDocument).put('acme', somePolicy());
    await vi.waitFor(() => expect(policies.get('acme')).toBeDefined());
    let relinks = 0;
    bus.onRelink(() => {
      relinks += 1;
    });
    await server?.restart('lost');
    await vi.waitFor(async () => expect(await bus.missing()).toEqual(missing), { timeout: 10_000 });
    await pause(1_500);
    // What was in force stays in force, and is known to be old.
    expect([relinks, policies.current(), policies.get('acme') !== undefined]).toEqual([0, false, true]);
    await furnish(servers[0] ?? '');
    await vi.waitFor(() => expect([relinks, policies.current()]).toEqual([1, true]), { timeout: 10_000 });
    await bus.documents(PolicyDocument).remove('acme');
    await vi.waitFor(() => expect(policies.get('acme')).toBeUndefined());
    await bus.close();
  });
});
