import { describe, expect, it } from 'vitest';
import { beginning, begun, behind, callBytesMax } from './batch.ts';

describe('a batch of a call’s words', () => {
  const first = { name: 'first', messages: 3, bytes: 100 };
  const known = behind(begun('start').after, first, 'one');

  it('begins where the one before it ended', () => {
    expect(beginning(begun('start'), first)).toEqual({ carry: 'start', messages: 0, bytes: 0 });
    const next = { name: 'next', messages: 1, bytes: 10 };
    expect(beginning(known, next)).toEqual({ carry: 'one', messages: 3, bytes: 100 });
    expect(behind(known.after, next, 'two').after).toEqual({ carry: 'two', messages: 4, bytes: 110 });
  });
  it('begins where it did the first time when it comes again, and counts once', () => {
    expect(beginning(known, first)).toEqual({ carry: 'start', messages: 0, bytes: 0 });
    expect(behind(known.before, first, 'one')).toEqual(known);
  });
  it('is refused past what a call may say, but not when it only comes again', () => {
    const last = { name: 'last', messages: 1, bytes: callBytesMax - 100 };
    expect(beginning(known, last)).toBeDefined();
    const full = behind(known.after, last, 'two');
    expect(beginning(full, { name: 'next', messages: 1, bytes: 1 })).toBeUndefined();
    expect(beginning(full, last)).toBeDefined();
  });
});
