import { describe, expect, it } from 'vitest';
import { callBytesMax, initialState, startOf, stateAfter } from './batch.ts';

describe('a batch of a call’s words', () => {
  const first = { name: 'first', messages: 3, bytes: 100 };
  const known = stateAfter(initialState('start').after, first, 'one');

  it('begins where the one before it ended', () => {
    expect(startOf(initialState('start'), first)).toEqual({ carry: 'start', messages: 0, bytes: 0 });
    const next = { name: 'next', messages: 1, bytes: 10 };
    expect(startOf(known, next)).toEqual({ carry: 'one', messages: 3, bytes: 100 });
    expect(stateAfter(known.after, next, 'two').after).toEqual({ carry: 'two', messages: 4, bytes: 110 });
  });
  it('begins where it did the first time when it comes again, and counts once', () => {
    expect(startOf(known, first)).toEqual({ carry: 'start', messages: 0, bytes: 0 });
    expect(stateAfter(known.before, first, 'one')).toEqual(known);
  });
  it('is refused past what a call may say, but not when it only comes again', () => {
    const last = { name: 'last', messages: 1, bytes: callBytesMax - 100 };
    expect(startOf(known, last)).toBeDefined();
    const full = stateAfter(known.after, last, 'two');
    expect(startOf(full, { name: 'next', messages: 1, bytes: 1 })).toBeUndefined();
    expect(startOf(full, last)).toBeDefined();
  });
});
