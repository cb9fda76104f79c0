import { describe, expect, it } from 'vitest';
import { keyToShow, stepsOf } from './first-call-steps.js';

/** @param {string} state @param {string | null} [lastUsedAt] @param {number} [ageDays] */
const key = (state, lastUsedAt = null, ageDays = 0) => ({ state, lastUsedAt, ageDays });
const used = '2026-11-30T12:00:00.000Z';
/** @param {Parameters<typeof stepsOf>} given */
const done = (...given) => stepsOf(...given).map(({ isDone }) => isDone);

describe('the way to a first call', () => {
  it('is walked by an agent, a key that works, and a page from which somebody called', () => {
    expect(done([], [])).toEqual([false, false, false, undefined]);
    expect(done([{}], [key('active')])).toEqual([true, true, false, undefined]);
    expect(done([{}], [key('expiring', used)])).toEqual([true, true, true, undefined]);
  });
  it('is not walked by a key that works no more, though it was used', () => {
    for (const state of ['revoked', 'expired', 'halted']) expect(done([{}], [key(state, used)])[1]).toBe(false);
  });
  it('says nothing of keys to whoever may not list them', () => {
    expect(done([{}], undefined)).toEqual([true, undefined, undefined, undefined]);
  });
  it('shows the snippet of the newest key that works, and of none where there is none', () => {
    const newest = key('expiring', null, 1);
    expect(keyToShow([key('active', null, 9), key('revoked'), newest])).toBe(newest);
    expect(keyToShow([key('revoked')])).toBeUndefined();
  });
});
