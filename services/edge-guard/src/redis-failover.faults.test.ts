import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { logger } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { eventually, type RedisGroup, redisCluster, redisSentinel } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import type { Dimension } from './limits/decide/window.ts';
import { memoryStores } from './memory.ts';
import { type RedisStore, redisStore } from './redis.ts';
import { alarm } from './store/keep/alarm.ts';
import { degrading } from './stores.ts';

const copies = 2;
const withinMs = 250;
/** From the death of a primary until one that copied it has taken its place. */
const failoverMs = 20_000;
const groups = { cluster: await redisCluster(process.env), sentinels: await redisSentinel(process.env) };
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  for (const group of Object.values(groups)) await group?.stop();
});

const dimension = (scope: Dimension['scope'], perMinute: number): Dimension => ({
  ...{ scope, key: randomUUID() },
  limit: { perMinute, burst: 0 },
});

/** Two copies of what counts in edge-guard over one group of servers. */
async function openEdges({ url }: RedisGroup) {
  const lines: Record<string, unknown>[] = [];
  const log = logger({ service: 'test', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const stores: RedisStore[] = [];
  let alone = 0;
  const edges = await Promise.all(
    Array.from({ length: copies }, async () => {
      const store = redisStore(url, { withinMs });
      closing.push(store.close);
      await eventually(() => store.ask());
      stores.push(store);
      const said = alarm(log);
      return degrading(store, memoryStores(systemClock), copies, systemClock, (error) => {
        alone += 1;
        said(error);
      });
    }),
  );
  const take = (at: number, dimensions: readonly Dimension[]) =>
    (edges[at % copies] as (typeof edges)[number]).limits.take(dimensions);
  return { stores, lines, take, alone: () => alone };
}
type Edges = Awaited<ReturnType<typeof openEdges>>;

/** Visitors at both copies until it is stopped, each far below its limits. Answers how many were refused. */
function visitors({ take }: Edges): () => Promise<{ asked: number; refused: number }> {
  let isOn = true;
  const work = Array.from({ length: 20 }, async (_, lane) => {
    let [asked, refused] = [0, 0];
    while (isOn) {
      const answer = await take(lane, [dimension('ip', 100), dimension('user', 100)]);
      asked += 1;
      if (answer.kind === 'refused') refused += 1;
      await pause(5);
    }
    return { asked, refused };
  });
  return async () => {
    isOn = false;
    const all = await Promise.all(work);
    const sum = (of: 'asked' | 'refused'): number => all.reduce((total, each) => total + each[of], 0);
    return { asked: sum('asked'), refused: sum('refused') };
  };
}

async function admitted({ take }: Edges, asked: Dimension, times: number): Promise<number> {
  const answers = await Promise.all(Array.from({ length: times }, (_, at) => take(at, [asked])));
  return answers.filter(({ kind }) => kind === 'taken').length;
}

describe.each(Object.entries(groups))('a group of servers of Redis: %s,', (_name, group) => {
  it.skipIf(group === undefined)(
    'when a primary is killed under load, refuses nobody wrongly, counts by shares meanwhile and together afterwards',
    async () => {
      const edges = await openEdges(group as RedisGroup);
      // Counted before: those whose server dies as well as the others.
      const before = Array.from({ length: 12 }, () => dimension('user', 10));
      for (const each of before) expect(await admitted(edges, each, 6)).toBe(6);
      await pause(300);
      const stop = visitors(edges);
      await pause(500);
      expect(edges.alone()).toBe(0);

      const [primary] = (group as RedisGroup).nodes;
      primary?.kill('SIGKILL');
      await expect.poll(edges.alone, { timeout: 10_000 }).toBeGreaterThan(0);
      const duringOutage = dimension('ip', 40);
      expect(await admitted(edges, duringOutage, 200)).toBeLessThanOrEqual(80);

      for (const { ask } of edges.stores)
        await expect
          .poll(
            () =>
              ask().then(
                () => 'up',
                () => 'down',
              ),
            { timeout: failoverMs, interval: 100 },
          )
          .toBe('up');
      const aloneInASecond = async (): Promise<number> => {
        const before = edges.alone();
        await pause(1_000);
        return edges.alone() - before;
      };
      await expect.poll(aloneInASecond, { timeout: failoverMs }).toBe(0);

      const { asked, refused } = await stop();
      expect(refused).toBe(0);
      expect(asked).toBeGreaterThan(500);
      for (const shared of Array.from({ length: 6 }, () => dimension('ip', 20)))
        expect(await admitted(edges, shared, 60)).toBe(20);
      // What the copy of the dead server had heard of still counts: four are left of ten, and nobody gets more.
      for (const each of before) expect(await admitted(edges, each, 30)).toBe(4);

      const named = edges.lines.filter(({ dependency }) => dependency === 'redis');
      expect(named.length).toBeGreaterThan(0);
      expect(named).toContainEqual(expect.objectContaining({ level: 'warn', says: expect.any(String) }));
      expect(named.length).toBeLessThan(copies * 10);
    },
  );
});
