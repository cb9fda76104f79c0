import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { places } from './bounds.ts';
import { type EgressOptions, egress } from './egress.ts';
import { type RawServer, rawServer, type Serve } from './hostile/raw-server.fixture.ts';

const open: RawServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n';
async function outside(serve: Serve, options: Partial<EgressOptions>) {
  const server = await rawServer(serve);
  open.push(server);
  const { send } = egress({ ports: [443], allowLoopback: true, ...options });
  const asked = { method: 'GET', headers: {}, connectMs: 2_000, wholeMs: 3_000, bodyMaxBytes: 0 } as const;
  const by = async (owner: string): Promise<string> => {
    const outcome = await send({ ...asked, url: `http://127.0.0.1:${server.port}/`, owner });
    return outcome.kind === 'answered' ? 'answered' : outcome.reason;
  };
  return { server, by };
}

describe('requests under way', () => {
  it('are never more than their owner and their host may have, and what is given back is free again', () => {
    const who = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(fc.tuple(who, who), fc.nat());
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, perOwner) => {
        const perHost = perOwner + 1;
        const take = places({ perOwner, perHost });
        const held: { owner: string; host: string; release: () => void }[] = [];
        const count = (by: 'owner' | 'host', name: string) => held.filter((each) => each[by] === name).length;
        for (const each of steps) {
          if (typeof each === 'number') {
            const [given] = held.splice(each % Math.max(1, held.length), 1);
            // Given back twice, a place is given back once.
            for (let time = 0; time < 2; time += 1) given?.release();
            continue;
          }
          const [owner, host] = each;
          const isFree = count('owner', owner) < perOwner && count('host', host) < perHost;
          const release = take(owner, host);
          expect(release !== undefined).toBe(isFree);
          if (release) held.push({ owner, host, release });
        }
      }),
    );
  });
  it('are refused at once beyond the bound of their owner, and another owner is none the worse', async () => {
    const waiting: (() => void)[] = [];
    const { server, by } = await outside((socket) => void waiting.push(() => socket.end(ok)), {
      bounds: { perOwner: 2, perHost: 3 },
    });
    const first = [by('acme'), by('acme')];
    expect(await by('acme')).toBe('busy');
    const other = by('globex');
    expect(await by('initech')).toBe('busy');
    await expect.poll(() => waiting.length).toBe(3);
    for (const answer of waiting) answer();
    expect(await Promise.all([...first, other])).toEqual(['answered', 'answered', 'answered']);
    expect(server.heard).toHaveLength(3);
    const again = by('acme');
    await expect.poll(() => waiting.length).toBe(4);
    waiting[3]?.();
    expect(await again).toBe('answered');
  });
});

describe('a host that fails again and again', () => {
  it('is left alone for a while, then asked by one request, and by all once it answers', async () => {
    let nowMs = 1_000;
    let isWell = false;
    const { server, by } = await outside((socket) => void socket.end(isWell ? ok : ''), { nowMs: () => nowMs });
    for (let time = 0; time < 5; time += 1) expect(await by('acme')).toBe('reset');
    expect(await by('acme')).toBe('broken');
    expect(server.heard).toHaveLength(5);
    nowMs += 10_000;
    expect(await Promise.all([by('acme'), by('acme')])).toEqual(['reset', 'broken']);
    isWell = true;
    expect(await by('acme')).toBe('broken');
    nowMs += 10_000;
    expect(await Promise.all([by('acme'), by('acme')])).toEqual(['answered', 'broken']);
    expect(await Promise.all([by('acme'), by('acme')])).toEqual(['answered', 'answered']);
  });
  it('for one owner is not left alone for another', async () => {
    const { by } = await outside((socket) => void socket.end(), {});
    for (let time = 0; time < 5; time += 1) await by('acme');
    expect(await Promise.all([by('acme'), by('globex')])).toEqual(['broken', 'reset']);
  });
  it('is asked for ever where its caller leaves hosts alone by rules of its own', async () => {
    const { by } = await outside((socket) => void socket.end(), { breaker: false });
    for (let time = 0; time < 7; time += 1) expect(await by('acme')).toBe('reset');
  });
});
