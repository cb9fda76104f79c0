import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chance as chanceOf } from './chance.ts';
import { due } from './due.ts';
import { station } from './station.ts';
import { times } from './times.ts';

/** Poisson arrivals and exponential service, as queueing theory has them. */
function queue(servers: number, pooled: boolean, load: number, count = 200_000) {
  const [chance, todo] = [chanceOf(7), due<'come' | 'leave'>()];
  const [where, serviceMs] = [station({ name: 'queue', servers, pooled }), 10];
  const betweenMs = serviceMs / (servers * load);
  todo.add(chance.exponential(betweenMs), 'come');
  let [come, now] = [0, 0];
  for (let next = todo.take(); next !== undefined; next = todo.take()) {
    now = next.at;
    if (next.what === 'leave') where.leave(now);
    else {
      come += 1;
      todo.add(where.serve(now, chance.exponential(serviceMs), chance.share()), 'leave');
      if (come < count) todo.add(now + chance.exponential(betweenMs), 'come');
    }
  }
  return where.observed(now);
}

describe('a station of the simulation', () => {
  it('lets work wait as long as theory says, with one queue for each server (M/M/1)', () => {
    for (const load of [0.3, 0.5, 0.8]) {
      const expected = (10 * load) / (1 - load);
      expect(Math.abs(queue(4, false, load).meanWaitMs / expected - 1)).toBeLessThan(0.06);
    }
  });
  it('lets work wait as long as theory says, with one queue for all servers (M/M/2)', () => {
    const load = 0.7;
    const expected = (10 * load ** 2) / (1 - load ** 2);
    expect(Math.abs(queue(2, true, load).meanWaitMs / expected - 1)).toBeLessThan(0.06);
  });
  it('serves everything that comes once, and holds Little’s law', () => {
    const { arrived, left, inside, insideByLittle, utilisation } = queue(3, true, 0.6);
    expect([arrived, left]).toEqual([200_000, 200_000]);
    expect(inside / insideByLittle).toBeCloseTo(1, 6);
    expect(utilisation).toBeCloseTo(0.6, 1);
  });
});

describe('what is due in the simulation', () => {
  it('comes in the order of its time, and in the order of adding at one time', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 })), (moments) => {
        const todo = due<number>();
        for (const [order, at] of moments.entries()) todo.add(at, order);
        const taken = Array.from({ length: moments.length }, () => todo.take());
        const expected = moments.map((at, what) => ({ at, what })).sort((a, b) => a.at - b.at || a.what - b.what);
        expect(taken.map((each) => each && { at: each.at, what: each.what })).toEqual(expected);
        expect(todo.take()).toBeUndefined();
      }),
    );
  });
});

describe('times of the simulation', () => {
  it('are told to within two per cent, and a wait that was none is none', () => {
    const some = times();
    for (let n = 1; n <= 1_000; n += 1) some.add(n);
    expect(some.percentile(50) / 500).toBeCloseTo(1, 1);
    expect(Math.abs(some.percentile(99) / 990 - 1)).toBeLessThan(0.021);
    expect(some.mean()).toBe(500.5);
    const none = times();
    none.add(0);
    expect(none.percentile(99)).toBe(0);
    expect(times().percentile(99)).toBe(0);
  });
});
