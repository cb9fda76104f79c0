import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newAddress, type Shop, shopOn } from '../../stack/visitor.ts';
import { preload } from '../harness.ts';
import { codes, hostileStack, soon, wide } from './harness.ts';

const loops = mkdtempSync(join(tmpdir(), 'vox-loops-'));
afterAll(() => rmSync(loops, { recursive: true, force: true }));
const { isOpen, stack } = await hostileStack({ NODE_OPTIONS: preload('./held-loop.ts'), HELD_LOOPS: loops });

/** How long one request may block the event loop, and how long garbage collection may take besides. */
const heldMs = 20;
const longest = 262_144;
const said = (over: object) => ({ id: 'm1', role: 'user', text: 'a', ts: 1_780_000_000_000, ...over });
const append = (messages: unknown): string => JSON.stringify({ messages });
const repeated = (part: string, before: string, after: string): string =>
  before + part.repeat(Math.floor((longest - before.length - after.length) / part.length)) + after;
const inMeta = (part: string): string =>
  repeated(part, '{"messages":[{"id":"m1","role":"user","text":"a","ts":1780000000000,"meta":{"a":[', '[]]}}]}');

/** Bodies of the longest kind, each hostile in its own way. */
const bodies: Readonly<Record<string, string>> = {
  'nested lists': inMeta('[[[[[[[]]]]]]],'),
  'flat lists': inMeta('[],'),
  'objects with one name': inMeta('{"a":0},'),
  numbers: inMeta('1e9,'),
  'one list that never ends': repeated('[', '', ''),
  'one object that never ends': repeated('{"a":', '', ''),
  'quotes and backslashes': repeated('\\"', '"', ''),
  'names that reach into prototypes': inMeta('{"__proto__":{}},'),
  'a thousand messages of nothing': append(Array.from({ length: 1_000 }, () => ({ ...said({}), id: 1, ts: 'x' }))),
  'texts of digits': append(Array.from({ length: 31 }, (_, n) => said({ id: `m${n}`, text: '4 '.repeat(4_000) }))),
  'texts of letters and digits': append(
    Array.from({ length: 31 }, (_, n) => said({ id: `m${n}`, text: 'a1'.repeat(4_000) })),
  ),
  'a text that grows when it is normalised': append(
    Array.from({ length: 10 }, (_, n) => said({ id: `m${n}`, text: '\ufdfa'.repeat(8_000) })),
  ),
  'a token of megabytes': repeated('e', '{"authToken":"ey', '.e.e","messages":[]}'),
};

describe.skipIf(!isOpen)('a flood of bodies', () => {
  const [door] = stack.doors ?? [];
  const edge = () => stack.services.filter(({ name }) => name.startsWith('edge-guard'));
  /** The longest time that a copy blocked its event loop since the last question, in milliseconds of CPU time. */
  async function held(): Promise<number> {
    for (const { pid } of edge()) rmSync(join(loops, String(pid)), { force: true });
    for (const each of edge()) each.kill('SIGUSR2');
    const read = () => edge().map(({ pid }) => JSON.parse(readFileSync(join(loops, String(pid)), 'utf8')));
    await expect.poll(() => edge().every(({ pid }) => existsSync(join(loops, String(pid)))), soon).toBe(true);
    return Math.max(...read().map(({ longest: ms }) => Number(ms)));
  }
  const send = async (path: string, body: string, headers: Record<string, string>, from: string) => {
    const response = await fetch(`${door}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: 'https://shop.example',
        'x-forwarded-for': from,
        ...headers,
      },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  };
  /** Sends each body three times. Answers the longest blocked time; the first time compiles code. */
  async function heldBy(path: string, headers: () => Promise<Record<string, string>>, from?: string) {
    const worst: Record<string, number> = {};
    for (const round of [0, 1, 2])
      for (const [name, body] of Object.entries(bodies)) {
        const given = await headers();
        await held();
        expect(await send(path, body, given, from ?? newAddress()), `${path} ${name}`).toBeLessThan(504);
        if (round > 0) worst[name] = Math.min(worst[name] ?? Number.POSITIVE_INFINITY, await held());
      }
    return worst;
  }
  const calm = async (shop: Shop): Promise<void> => {
    for (let n = 0; n < 20; n += 1) await shop.start();
  };

  it('from an unknown client, within the limit of its address and over it, blocks no event loop', async () => {
    const shop = await shopOn(stack, wide);
    await calm(shop);
    const from = '203.0.113.50';
    const none = async () => ({});
    const within = await heldBy('/api/transcripts/append', none);
    const answers = await Promise.all(Array.from({ length: 200 }, () => shop.bootstrap(from)));
    expect(codes(answers).RATE_LIMIT_EXCEEDED).toBeGreaterThan(0);
    const over = await heldBy('/api/transcripts/append', none, from);
    for (const worst of [within, over])
      for (const [name, ms] of Object.entries(worst)) expect(ms, `${name}: ${ms} ms`).toBeLessThan(heldMs);
  });
  it('from a client with a live call blocks no event loop, and no other client waits', async () => {
    const shop = await shopOn(stack, { ...wide });
    await calm(shop);
    const headers = async () => shop.bearer((await shop.start()).body.session_token);
    const worst = await heldBy('/api/transcripts/append', headers);
    for (const [name, ms] of Object.entries(worst)) expect(ms, `${name}: ${ms} ms`).toBeLessThan(heldMs);
  });
  it('at every route that reads a body blocks no event loop', async () => {
    for (const path of ['/api/session', '/api/consent', '/api/heartbeat', '/api/usage/report', '/api/session/end']) {
      const worst = await heldBy(path, async () => ({}));
      for (const [name, ms] of Object.entries(worst)) expect(ms, `${path} ${name}: ${ms} ms`).toBeLessThan(heldMs);
    }
  });
});
