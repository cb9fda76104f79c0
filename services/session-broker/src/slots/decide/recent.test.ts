import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recentMs, stillRecent, waitOf, withoutRecent, withRecent } from './recent.ts';

describe('the starts of ten minutes', () => {
  it('stay few however many start once, and keep the one that starts often', () => {
    let all = {};
    for (let n = 0; n < 1_000; n += 1) {
      if (n % 50 === 0) all = withRecent(all, ['address:often'], n);
      all = withRecent(all, [`person:${n}`, `address:${n}`], n);
    }
    expect(Object.keys(all)).toHaveLength(128);
    expect(waitOf(all, 'address:often', 20, 1_000)).toBe(599);
    expect(waitOf(all, 'address:often', 21, 1_000)).toBeUndefined();
  });
  it('are as before when a start was taken back', () => {
    const step = fc.record({ who: fc.constantFrom('a', 'b'), afterMs: fc.nat(200_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.constantFrom('a', 'b'), (steps, who) => {
        let nowMs = 0;
        let all = {};
        for (const { who: each, afterMs } of steps) {
          nowMs += afterMs;
          all = withRecent(stillRecent(all, nowMs), [each], nowMs);
        }
        const now = stillRecent(all, nowMs);
        expect(withoutRecent(withRecent(now, [who], nowMs), [who], nowMs)).toEqual(now);
      }),
    );
  });
  it('are forgotten at the end of their window, to the millisecond', () => {
    const all = withRecent({}, ['a'], 5);
    expect(stillRecent(all, 5 + recentMs - 1)).toEqual(all);
    expect(stillRecent(all, 5 + recentMs)).toEqual({});
    expect(waitOf(all, 'a', 0, 5)).toBe(600);
    expect(waitOf(all, 'b', 0, 5)).toBe(600);
    expect(waitOf(all, 'a', null, 5)).toBeUndefined();
  });
});
