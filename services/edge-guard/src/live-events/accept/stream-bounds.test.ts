import { get } from 'node:http';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { askBy, living, openDoors, openPage } from '../streams.fixture.ts';

type Page = Awaited<ReturnType<typeof openPage>>;
const over = async (page: Page) => vi.waitFor(() => expect(page.isOver()).toBe(true));
const problem = (page: Page) => JSON.parse(page.text()) as Record<string, unknown>;

describe('a stream of events', () => {
  it('is one of three of its call at most, and a place is free again when a page leaves', async () => {
    const { doors, newCall, listening } = await openDoors();
    const [call, other] = [newCall('brokered'), newCall('brokered')];
    const url = doors[0]?.url ?? '';
    const pages = await Promise.all([1, 2, 3].map(() => openPage(url, call.headers)));
    const fourth = await openPage(url, call.headers);
    await over(fourth);
    expect([fourth.status, problem(fourth)]).toMatchObject([429, { code: 'RATE_LIMIT_EXCEEDED', scope: 'user' }]);
    expect(fourth.headers['retry-after']).toMatch(/^\d+$/);
    expect((await openPage(url, other.headers)).status).toBe(200);
    pages[0]?.leave();
    await vi.waitFor(async () => expect((await openPage(url, call.headers)).status).toBe(200));
    expect(listening()).toBe(4);
  });
  it('is one of so many of its copy, and another copy has room', async () => {
    const { doors, newCall } = await openDoors({ copies: 2, limits: { all: 1, each: 3 } });
    const [one = '', other = ''] = doors.map(({ url }) => url);
    await openPage(one, newCall().headers);
    const shed = await openPage(one, newCall().headers);
    await over(shed);
    expect([shed.status, problem(shed).code, shed.headers['retry-after']]).toEqual([503, 'UNAVAILABLE', '1']);
    expect((await openPage(other, newCall().headers)).status).toBe(200);
  });
  it('that broke off unnoticed gives its place to the page that comes back with its last event', async () => {
    const { doors, newCall } = await openDoors({ limits: { all: 9, each: 2 } });
    const [call, other] = [newCall('brokered'), newCall('brokered')];
    const url = doors[0]?.url ?? '';
    const [kept, lost] = [await openPage(url, call.headers), await openPage(url, call.headers)];
    await vi.waitFor(() => expect(lost.ids()).toHaveLength(2));
    const last = { 'last-event-id': lost.ids().at(-1) ?? '' };
    expect((await openPage(url, { ...other.headers, ...last })).status).toBe(200);
    expect(lost.isOver()).toBe(false);
    const back = await openPage(url, { ...call.headers, ...last });
    await vi.waitFor(() => expect(back.events().map(([name]) => name)).toEqual(['remaining', 'state']));
    await over(lost);
    expect([kept.isOver(), new Set([kept, lost, back].map(({ ids }) => ids()[0])).size]).toEqual([false, 3]);
  });
  it('begins whatever its page says that it heard last', async () => {
    const { doors, newCall } = await openDoors();
    for (const lastEventId of ['', 'x', '1-', '1-1', '99999999999999999999-1', '-1', `${'9'.repeat(5_000)}-1`]) {
      const headers = { ...newCall().headers, 'last-event-id': lastEventId };
      expect((await openPage(doors[0]?.url ?? '', headers)).status, lastEventId).toBe(200);
    }
  });
  it('is cut off where its page does not read, and goes on where another page of the call does', async () => {
    const { doors, newCall } = await openDoors({ limits: { all: 2, each: 2 } });
    const { headers, signal } = newCall('brokered');
    const url = doors[0]?.url ?? '';
    const reader = await openPage(url, headers);
    await openPage(url, headers, false);
    const refused = await openPage(url, headers);
    expect(refused.status).toBe(429);
    const text = 'x'.repeat(16_000);
    let said = 0;
    const isCut = async () => {
      for (let n = 0; n < 100; n += 1) {
        said += 1;
        signal({ kind: 'caption', itemId: `i${said}`, role: 'user', text, final: false });
        await turn();
      }
      const next = await openPage(url, headers);
      next.leave();
      return next.status;
    };
    await vi.waitFor(async () => expect(await isCut()).toBe(200), { timeout: 15_000, interval: 10 });
    await vi.waitFor(() => expect(reader.events().filter(([name]) => name === 'caption')).toHaveLength(said), 10_000);
    expect(reader.isOver()).toBe(false);
  }, 30_000);
  it('ends with the token of its call, without a reason', async () => {
    const { doors, newCall, listening } = await openDoors();
    const page = await openPage(doors[0]?.url ?? '', newCall('brokered', 300).headers);
    await over(page);
    expect(page.events().map(([name]) => name)).toEqual(['remaining', 'state']);
    await vi.waitFor(() => expect(listening()).toBe(0));
  });
  it('ends soon when its copy closes, says when to come back, and another copy takes the page', async () => {
    const { doors, newCall, listening } = await openDoors({ copies: 2 });
    const [closing, other] = doors;
    const { headers } = newCall('brokered');
    const pages = await Promise.all([1, 2].map(() => openPage(closing?.url ?? '', headers)));
    const startedMs = performance.now();
    closing?.liveStreams.close();
    const refused = await openPage(closing?.url ?? '', headers);
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '1']);
    await closing?.door.close(5_000);
    expect(performance.now() - startedMs).toBeLessThan(2_500);
    for (const page of pages) {
      await over(page);
      expect(page.text()).toMatch(/\n\nretry: 700\n\n$/);
      expect(page.text()).not.toContain('ended');
    }
    expect(listening()).toBe(0);
    expect((await openPage(other?.url ?? '', headers)).status).toBe(200);
  });
  it('does not keep its copy from closing where its page reads nothing', async () => {
    const { doors, newCall } = await openDoors();
    const [door] = doors;
    const { headers, signal } = newCall('brokered');
    await openPage(door?.url ?? '', headers, false);
    for (let n = 0; n < 200; n += 1) {
      signal({ kind: 'caption', itemId: `i${n}`, role: 'user', text: 'x'.repeat(16_000), final: true });
      await turn();
    }
    const startedMs = performance.now();
    door?.liveStreams.close();
    await door?.door.close(10_000);
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  });
  it('is not begun by HEAD, which has the same head and no place', async () => {
    const { doors, newCall, listening } = await openDoors({ limits: { all: 1, each: 1 } });
    const { headers } = newCall('brokered');
    for (const _time of [1, 2, 3]) {
      const answer = await askBy('HEAD', doors[0]?.url ?? '', headers);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
    }
    expect(listening()).toBe(0);
  });
  it('leaves nothing where its page goes away while it is opened', async () => {
    const { doors, newCall, listening, signs } = await openDoors({ limits: { all: 1, each: 1 } });
    const { headers, is } = newCall('brokered');
    const url = doors[0]?.url ?? '';
    const answer = Promise.withResolvers<typeof living>();
    is(answer.promise);
    const asked = get(url, { headers, agent: false }).on('error', () => undefined);
    await vi.waitFor(() => expect([signs.length, listening()]).toEqual([1, 1]));
    asked.destroy();
    await pause(50);
    answer.resolve(living);
    await vi.waitFor(() => expect(listening()).toBe(0));
    is(living);
    expect((await openPage(url, headers)).status).toBe(200);
  });
});
