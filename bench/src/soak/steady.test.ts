import { describe, expect, it } from 'vitest';
import { answeredIn, heldBy, percentile, slopeOf, unsteady } from './steady.ts';

const span = { fromMs: 0, toMs: 1_200_000 };
const samples = (heapMib: (minute: number) => number, handles: (minute: number) => number = () => 30) =>
  Array.from({ length: 40 }, (_, n) => ({
    atMs: n * 30_000,
    heapMib: heapMib(n / 2),
    residentMib: 200 + ((n * 37) % 50),
    handles: handles(n / 2),
  }));
const times = (sentMs: (minute: number) => number) =>
  Array.from({ length: 2_400 }, (_, n) => ({ atMs: n * 500, sentMs: sentMs(n / 120) }));

describe('a soak', () => {
  it('computes a slope and a percentile', () => {
    expect(
      slopeOf([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).toBe(2);
    expect(slopeOf([[1, 7]])).toBe(0);
    expect(
      percentile(
        Array.from({ length: 200 }, (_, n) => n + 1),
        99,
      ),
    ).toBe(198);
    expect(percentile([], 99)).toBe(0);
  });
  it('accepts memory that fills first and varies after, and answers that take as long as before', () => {
    const breath = samples((minute) => 60 + Math.min(minute, 8) * 5 + Math.sin(minute * 3));
    expect(
      unsteady(
        [heldBy('quota', breath, span)],
        [
          answeredIn(
            'start',
            times(() => 40),
            span,
          ),
        ],
      ),
    ).toEqual([]);
  });
  it('names memory that grows, handles that pile up, and answers that slow down', () => {
    const leak = samples(
      (minute) => 200 + 2 * minute,
      (minute) => 30 + Math.floor(minute),
    );
    const slower = answeredIn(
      'start',
      times((minute) => 40 + 20 * minute),
      span,
    );
    expect(unsteady([heldBy('quota', leak, span)], [slower])).toEqual([
      'the heap of quota grows by 2.00 MiB a minute',
      'quota holds 49 handles, and held 39',
      'start takes 439 ms (p99), and took 239',
    ]);
  });
});
