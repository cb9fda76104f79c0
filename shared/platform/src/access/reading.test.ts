import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingOf } from './reading.ts';

const startMs = Date.parse('2026-05-05T12:00:00.000Z');
const minuteMs = 60_000;
const list = ['session.list', 'acme', null, 100];
const idOf = (...given: Parameters<typeof readingOf>): string | undefined => readingOf(...given)?.id;

describe('a reading of a list', () => {
  it('is one within the same ten minutes of the clock, and says when they end', () => {
    fc.assert(
      fc.property(fc.nat(10 * minuteMs - 1), fc.nat(10 * minuteMs - 1), (one, other) => {
        expect(readingOf('login.a', list, startMs + one)).toEqual(readingOf('login.a', list, startMs + other));
      }),
    );
    expect(readingOf('login.a', list, startMs)?.untilMs).toBe(startMs + 10 * minuteMs);
    expect(idOf('login.a', list, startMs + 10 * minuteMs)).not.toBe(idOf('login.a', list, startMs));
  });
  it('is another one by another login or key, of another list, and under another filter', () => {
    const ids = [
      idOf('login.a', list, startMs),
      idOf('login.b', list, startMs),
      idOf('api-key.a', list, startMs),
      idOf('login.a', ['session.list', 'other', null, 100], startMs),
      idOf('login.a', ['session.list', 'acme', 'w_acme', 100], startMs),
      idOf('login.a', ['session.list', 'acme', null, 1_000], startMs),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('of whoever showed no credential is each time its own', () => {
    expect(readingOf(undefined, list, startMs)).toBeUndefined();
  });
});
