import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { concerns, refreshEveryMs, refresher, settleMs } from './refresher.js';

let asks = 0;
let isHidden = false;
/** @type {ReturnType<typeof refresher>} */
let list;
beforeEach(() => {
  vi.useFakeTimers();
  [asks, isHidden] = [0, false];
  list = refresher({
    again() {
      asks += 1;
      list.asked();
    },
    isHidden: () => isHidden,
  });
});
afterEach(() => {
  list.stop();
  vi.useRealTimers();
});

describe('a list that keeps itself up to date', () => {
  it('is asked once for all that changed meanwhile, and every ten seconds at most', () => {
    for (let second = 0; second < 60; second += 1) {
      list.changed();
      list.changed();
      vi.advanceTimersByTime(1_000);
    }
    expect(asks).toBeGreaterThan(3);
    expect(asks).toBeLessThanOrEqual(60_000 / refreshEveryMs);
  });
  it('is asked soon after a change where it was not asked lately, and never by itself where nothing changed', () => {
    vi.advanceTimersByTime(10 * refreshEveryMs);
    expect(asks).toBe(0);
    list.changed();
    vi.advanceTimersByTime(settleMs - 1);
    expect(asks).toBe(0);
    vi.advanceTimersByTime(1);
    expect(asks).toBe(1);
  });
  it('is not asked while the page is hidden, also where it was hidden while the list waited, but when it is seen', () => {
    list.changed();
    isHidden = true;
    vi.advanceTimersByTime(10 * refreshEveryMs);
    list.changed();
    vi.advanceTimersByTime(10 * refreshEveryMs);
    expect(asks).toBe(0);
    isHidden = false;
    list.seen();
    vi.advanceTimersByTime(settleMs);
    expect(asks).toBe(1);
    list.seen();
    vi.advanceTimersByTime(refreshEveryMs);
    expect(asks).toBe(1);
  });
  it('needs no other ask where somebody asked by hand after the change', () => {
    list.changed();
    list.asked();
    vi.advanceTimersByTime(10 * refreshEveryMs);
    expect(asks).toBe(0);
  });
  it('asks nothing any more once its screen is left', () => {
    list.changed();
    list.stop();
    vi.advanceTimersByTime(10 * refreshEveryMs);
    expect(asks).toBe(0);
  });
});

describe('a change', () => {
  /** @param {string} resource @param {string} id */
  const changed = (resource, id) => /** @type {const} */ ({ kind: 'changed', resource, id });
  it('concerns the lists of its resource, and of the screens of one thing that of its id', () => {
    expect(concerns({ resources: ['calls', 'limits'] }, changed('limits', 'a'))).toBe(true);
    expect(concerns({ resources: ['calls'] }, changed('limits', 'a'))).toBe(false);
    expect(concerns({ resources: ['incidents'], id: 'a' }, changed('incidents', 'a'))).toBe(true);
    expect(concerns({ resources: ['incidents'], id: 'a' }, changed('incidents', 'b'))).toBe(false);
  });
  it('that could not be named concerns all', () => {
    expect(concerns({ resources: ['incidents'], id: 'a' }, { kind: 'anew' })).toBe(true);
  });
});
