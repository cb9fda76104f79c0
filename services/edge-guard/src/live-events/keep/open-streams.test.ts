import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openStreams } from './open-streams.ts';

describe('the open streams', () => {
  it('are never more than their bounds, have names of their own, and leave nothing behind', () => {
    const step = fc.record({ call: fc.constantFrom('a', 'b', 'c'), leaves: fc.nat(20), nowMs: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const streams = openStreams({ all: 5, each: 2 }, () => 0);
        const open: { call: string; beganMs: number; leave: () => void }[] = [];
        const enter = (call: string, nowMs: number) => {
          const entered = streams.enter(call, nowMs, () => undefined);
          if (typeof entered !== 'string') open.push({ call, ...entered });
          return entered;
        };
        for (const { call, leaves, nowMs } of steps) {
          const own = open.filter((each) => each.call === call).length;
          const wanted = own >= 2 ? 'holder-has-enough' : open.length >= 5 ? 'all-taken' : undefined;
          const entered = enter(call, nowMs);
          expect(typeof entered === 'string' ? entered : undefined).toBe(wanted);
          expect(new Set(open.map((each) => `${each.call} ${each.beganMs}`)).size).toBe(open.length);
          const [gone] = leaves < open.length ? open.splice(leaves, 1) : [];
          gone?.leave();
          gone?.leave();
        }
        for (const { leave } of open.splice(0)) leave();
        for (const call of ['a', 'a', 'b', 'b', 'c']) expect(enter(call, 0)).toBeTypeOf('object');
      }),
    );
  });
  it('end one that a page has lost, and none of another call', () => {
    const streams = openStreams({ all: 9, each: 9 }, () => 0);
    const [lost, other] = [vi.fn(), vi.fn()];
    streams.enter('a', 1, lost);
    streams.enter('b', 1, other);
    streams.endLost('a', 2);
    expect(lost).not.toHaveBeenCalled();
    streams.endLost('a', 1);
    expect([lost.mock.calls, other.mock.calls]).toEqual([[[]], []]);
  });
  it('all end when the copy closes, each page with a time of its own, and none is let in any more', () => {
    let retryMs = 0;
    const streams = openStreams({ all: 9, each: 9 }, () => (retryMs += 100));
    const ends: (number | undefined)[] = [];
    for (const call of ['a', 'a', 'b']) {
      const entered = streams.enter(call, 1, (ms) => {
        ends.push(ms);
        if (typeof entered !== 'string') entered.leave();
      });
    }
    streams.close();
    streams.close();
    expect(ends).toEqual([100, 200, 300]);
    expect(streams.enter('c', 1, () => undefined)).toBe('closing');
  });
});
