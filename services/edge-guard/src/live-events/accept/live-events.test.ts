import { someOrigin, somePolicy } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { callers } from '../../checks/tenants.fixture.ts';
import { living, openDoors, openPage } from '../streams.fixture.ts';

const remaining = { seconds: 870, tokens: 9_000, dollars: 1.5, endsAt: '2026-05-05T12:15:00.000Z' };
const caption = (text: string) => ({ kind: 'caption', itemId: 'i1', role: 'user', text, final: false }) as const;
const said = (text: string) => ['caption', { itemId: 'i1', role: 'user', text, final: false }];
const names = (page: Awaited<ReturnType<typeof openPage>>) => page.events().map(([name]) => name);
const expiring = { kind: 'expiring', endsAt: '2026-05-05T12:15:00.000Z', remainingSeconds: 60 } as const;

describe('the events of a call', () => {
  it('begin with what is left and the state, and nothing on their way keeps them or holds them up', async () => {
    const { doors, newCall, signs } = await openDoors();
    const { headers, sessionId } = newCall('brokered');
    const page = await openPage(doors[0]?.url ?? '', headers);
    await vi.waitFor(() => expect(page.events()).toHaveLength(2));
    expect(page.events()).toEqual([
      ['remaining', remaining],
      ['state', { state: 'listening' }],
    ]);
    expect(page.ids().map((id) => id.replace(/^\d{13}-/, ''))).toEqual(['1', '2']);
    expect([page.status, page.headers]).toMatchObject([
      200,
      { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
    ]);
    expect(signs).toEqual([{ sessionId, active: false }]);
  });
  it('begin with connecting where nobody has connected yet', async () => {
    const { doors, newCall } = await openDoors();
    const { headers, is } = newCall('brokered');
    is({ ...living, durationSeconds: 0 });
    const page = await openPage(doors[0]?.url ?? '', headers);
    await vi.waitFor(() => expect(page.events()[1]).toEqual(['state', { state: 'connecting' }]));
  });
  it('are heard by every page of the call, at every copy, and by no page of another call', async () => {
    const { doors, newCall } = await openDoors({ copies: 2 });
    const [call, other] = [newCall('brokered'), newCall('brokered')];
    const urls = doors.map(({ url }) => url);
    const pages = await Promise.all([...urls, ...urls].map((url) => openPage(url, call.headers)));
    const strangers = await Promise.all(urls.map((url) => openPage(url, other.headers)));
    call.signal({ kind: 'state', state: 'thinking' });
    call.signal(caption('hel'));
    call.signal(caption('hello'));
    call.signal(expiring);
    call.signal({ kind: 'notice', what: 'settings-restored' });
    other.signal({ kind: 'ended', reason: 'client' });
    const { kind: _kind, ...warning } = expiring;
    for (const page of pages) {
      await vi.waitFor(() => expect(page.events()).toHaveLength(7));
      expect(page.events().slice(2)).toEqual([
        ['state', { state: 'thinking' }],
        ...[said('hel'), said('hello'), ['expiring', warning], ['notice', { what: 'settings-restored' }]],
      ]);
    }
    for (const page of strangers) await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect(strangers.map(names)).toEqual(strangers.map(() => ['remaining', 'state', 'ended']));
  });
  it('stay one event each, whatever is said in them', async () => {
    const { doors, newCall } = await openDoors();
    const { headers, signal } = newCall('brokered');
    const page = await openPage(doors[0]?.url ?? '', headers);
    const words = 'one\n\nevent: ended\ndata: {"reason":"client"}\r\rid: 9\u2028\u0000two';
    signal(caption(words));
    signal(caption('last'));
    await vi.waitFor(() => expect(page.text()).toContain('last'));
    expect(page.events().slice(2)).toEqual([said(words), said('last')]);
  });
  it('end with the reason, the connection ends with them, and nothing is left of it', async () => {
    const { doors, newCall, listening } = await openDoors({ copies: 2, limits: { all: 1, each: 1 } });
    const { headers, signal } = newCall('brokered');
    const open = () => Promise.all(doors.map(({ url }) => openPage(url, headers)));
    const pages = await open();
    expect(listening()).toBe(2);
    signal({ kind: 'ended', reason: 'quota' });
    signal(caption('too late'));
    for (const page of pages) {
      await vi.waitFor(() => expect(page.isOver()).toBe(true));
      expect(page.events().at(-1)).toEqual(['ended', { reason: 'quota' }]);
    }
    expect(listening()).toBe(0);
    expect((await open()).map(({ status }) => status)).toEqual([200, 200]);
  });
  it('end with the reason where its signal was missed, for what is left is asked again and again', async () => {
    const { doors, newCall } = await openDoors({ everyMs: 20 });
    const { headers, is } = newCall('brokered');
    const page = await openPage(doors[0]?.url ?? '', headers);
    await vi.waitFor(() => expect(names(page).filter((name) => name === 'remaining').length).toBeGreaterThan(2));
    is({ kind: 'ended', reason: 'max_duration', maxSeconds: 900 });
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect(page.events().at(-1)).toEqual(['ended', { reason: 'max_duration' }]);
  });
  it('go on while nobody can be asked, and say so often enough that nobody on the way hangs up', async () => {
    const { doors, newCall } = await openDoors({ everyMs: 20 });
    const { headers, is, signal } = newCall('brokered');
    const page = await openPage(doors[0]?.url ?? '', headers);
    is('down');
    await vi.waitFor(() => expect(page.text().match(/^: here$/gm)?.length).toBeGreaterThan(2));
    signal(caption('still heard'));
    await vi.waitFor(() => expect(page.events().at(-1)).toEqual(said('still heard')));
    expect(page.isOver()).toBe(false);
  });
  it('of a call that is over are its end alone', async () => {
    const { doors, newCall, listening } = await openDoors();
    const { headers, is } = newCall('brokered');
    is({ kind: 'ended', reason: 'idle', maxSeconds: 900 });
    const page = await openPage(doors[0]?.url ?? '', headers);
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect([page.events(), listening()]).toEqual([[['ended', { reason: 'idle' }]], 0]);
  });
  it('of a direct call hold no words and no settings, for the server hears none', async () => {
    const { doors, newCall } = await openDoors();
    for (const mode of [undefined, 'direct'] as const) {
      const { headers, signal } = newCall(mode);
      const page = await openPage(doors[0]?.url ?? '', headers);
      signal(caption('words'));
      signal({ kind: 'notice', what: 'settings-restored' });
      signal({ kind: 'state', state: 'speaking' });
      signal({ kind: 'ended', reason: 'idle' });
      await vi.waitFor(() => expect(page.isOver()).toBe(true));
      expect(names(page)).toEqual(['remaining', 'state', 'state', 'ended']);
    }
  });
  it.each([
    ['the tenant shows none', { policy: somePolicy({ captions: false }) }],
    ['the visitor took the consent to a transcript back', { isTakenBack: true }],
    ['a withdrawal may have been missed', { mayHaveMissed: true }],
  ])('hold no words any more from the moment when %s', async (_when, change) => {
    const { doors, newCall, world } = await openDoors();
    const { headers, signal } = newCall('brokered');
    const page = await openPage(doors[0]?.url ?? '', headers);
    signal(caption('before'));
    await vi.waitFor(() => expect(page.events().at(-1)).toEqual(said('before')));
    Object.assign(world, change);
    signal(caption('behind'));
    signal({ kind: 'ended', reason: 'client' });
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect(page.text()).not.toContain('behind');
  });
  it('hold the words of a member’s call, who takes nothing back', async () => {
    const { doors, newCall, world } = await openDoors();
    const { headers, signal } = newCall('brokered', 60_000, callers.login.identity);
    world.isTakenBack = true;
    const { origin: _page, ...server } = headers;
    const page = await openPage(doors[0]?.url ?? '', server);
    signal(caption('hello'));
    await vi.waitFor(() => expect(page.events().at(-1)).toEqual(said('hello')));
  });
});

describe('the events of a call are refused', () => {
  it('without its token, to a page that has nothing to do with it, and for a call that is none', async () => {
    const { doors, newCall, listening } = await openDoors();
    const { headers, is } = newCall('brokered');
    const url = doors[0]?.url ?? '';
    const statusWith = async (over: object) => (await openPage(url, { ...headers, ...over })).status;
    expect(await statusWith({ authorization: 'Bearer none' })).toBe(401);
    expect((await openPage(`${url}?authToken=t`, { origin: someOrigin })).status).toBe(401);
    expect(await statusWith({ origin: 'https://evil.example' })).toBe(403);
    is({ kind: 'unknown' });
    expect(await statusWith({})).toBe(404);
    is('down');
    expect(await statusWith({})).toBe(503);
    expect(listening()).toBe(0);
  });
});
