import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  budgets,
  cappedLimits,
  inOrder,
  minuteMs,
  periodOf,
  type ReplayedCall,
  type ReplayedCaps,
  recentMs,
  replay,
} from './replay.ts';

const call = (id: string, [startMs, endMs]: readonly [number, number], over: Partial<ReplayedCall> = {}) => ({
  ...{ id, kind: 'widget' as const, widgetKey: 'k', person: id, startMs, endMs, day: '2026-05-05' },
  spent: { tokens: 10, micros: 100, seconds: Math.floor((endMs - startMs) / 1_000) },
  ...over,
});
const refusedOf = (calls: readonly ReplayedCall[], caps: ReplayedCaps): string[] => [...replay(calls, caps).refused];

/** The twin: each call by itself, against everything that began before it. */
function refusedOneByOne(calls: readonly ReplayedCall[], caps: ReplayedCaps): string[] {
  const begun: ReplayedCall[] = [];
  const isFull = (count: number, cap: number | undefined): boolean => cap !== undefined && count >= cap;
  const refused: string[] = [];
  for (const each of calls.toSorted(inOrder)) {
    const open = begun.filter(({ endMs }) => endMs > each.startMs);
    const over = begun.filter(({ endMs }) => endMs <= each.startMs);
    const lately = begun.filter(
      ({ startMs, person }) => startMs > each.startMs - minuteMs && (each.kind === 'widget' || person === each.person),
    );
    const isRefused =
      budgets.some(([limit, period, measure]) => {
        const paid = over.filter(({ day }) => periodOf(day, period) === periodOf(each.day, period));
        return isFull(
          paid.reduce((sum, { spent }) => sum + spent[measure], 0),
          caps[limit],
        );
      }) ||
      isFull(open.length, caps.openSessions) ||
      isFull(open.filter(({ person }) => person === each.person).length, caps.openSessionsPerPerson) ||
      (each.widgetKey !== undefined &&
        isFull(open.filter(({ widgetKey }) => widgetKey === each.widgetKey).length, caps.openSessionsPerKey)) ||
      isFull(lately.length, caps.sessionStartsPerMinute) ||
      isFull(startsInWindow(begun, each), caps.startsPerPerson);
    if (isRefused) refused.push(each.id);
    else begun.push(each);
  }
  return refused;
}

/** A window begins with the first start after the one before is over. */
function startsInWindow(begun: readonly ReplayedCall[], { person, startMs: nowMs }: ReplayedCall): number {
  let [sinceMs, count] = [Number.NEGATIVE_INFINITY, 0];
  for (const { startMs } of begun.filter((each) => each.person === person)) {
    if (startMs - sinceMs >= recentMs) [sinceMs, count] = [startMs, 0];
    count += 1;
  }
  return nowMs - sinceMs >= recentMs ? 0 : count;
}

const seconds = fc.integer({ min: 0, max: 1_800 });
const someCalls = (kind: 'widget' | 'console') =>
  fc
    .array(
      fc.record({
        start: seconds,
        length: fc.integer({ min: 0, max: 400 }),
        person: fc.constantFrom('ann', 'bob', 'cy'),
        widgetKey: fc.constantFrom(undefined, 'k', 'l'),
        day: fc.constantFrom('2026-04-30', '2026-05-01', '2026-05-02'),
        tokens: fc.nat(20),
        micros: fc.nat(200),
      }),
      { maxLength: 40 },
    )
    .map((all) =>
      all.map(
        ({ start, length, tokens, micros, ...rest }, n): ReplayedCall => ({
          ...{ ...rest, id: `c${n}`, kind, startMs: start * 1_000, endMs: (start + length) * 1_000 },
          spent: { tokens, micros, seconds: length },
        }),
      ),
    );
const someCaps = fc.record(
  Object.fromEntries(cappedLimits.map((limit) => [limit, fc.nat(/^(open|s\w*Starts|starts)/.test(limit) ? 6 : 300)])),
  { requiredKeys: [] },
) as fc.Arbitrary<ReplayedCaps>;

describe('calls that are replayed under caps', () => {
  it('are refused as if each were held against all that began before it, one by one', () => {
    for (const kind of ['widget', 'console'] as const)
      fc.assert(
        fc.property(someCalls(kind), someCaps, (calls, caps) => {
          expect(refusedOf(calls, caps)).toEqual(refusedOneByOne(calls, caps));
        }),
        { numRuns: 300 },
      );
  });
  it('are the same ones in whatever order they are given, and all begin where nothing binds', () => {
    fc.assert(
      fc.property(someCalls('widget'), someCaps, (calls, caps) => {
        expect(replay(calls.toReversed(), caps)).toEqual(replay(calls, caps));
        expect(replay(calls, {})).toEqual({ refused: new Set(), reached: [] });
      }),
    );
  });
  it('leave their place to the next from the moment at which they end', () => {
    const calls = [call('a', [0, 10_000]), call('b', [9_999, 20_000]), call('c', [10_000, 20_000])];
    expect(refusedOf(calls, { openSessions: 1 })).toEqual(['b']);
  });
  it('say when a limit of a day was used up first: a budget by the end of a call, room by the start of one', () => {
    const calls = [call('a', [0, 10_000]), call('b', [5_000, 30_000]), call('c', [31_000, 40_000])];
    expect(replay(calls, { tokensPerDay: 20 })).toEqual({
      refused: new Set(['c']),
      reached: [{ day: '2026-05-05', limit: 'tokensPerDay', atMs: 30_000 }],
    });
    expect(replay(calls, { openSessions: 2 })).toEqual({
      refused: new Set(),
      reached: [{ day: '2026-05-05', limit: 'openSessions', atMs: 5_000 }],
    });
  });
  it('all find no room under a cap of zero, which is used up by the first of them on each day', () => {
    const calls = [
      call('a', [1_000, 2_000]),
      call('b', [3_000, 4_000]),
      call('c', [5_000, 6_000], { day: '2026-05-06' }),
    ];
    for (const limit of ['openSessions', 'microsPerDay'] as const)
      expect(replay(calls, { [limit]: 0 })).toEqual({
        refused: new Set(['a', 'b', 'c']),
        reached: [
          { day: '2026-05-05', limit, atMs: 1_000 },
          { day: '2026-05-06', limit, atMs: 5_000 },
        ],
      });
  });
});
