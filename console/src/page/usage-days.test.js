import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayIn, dayTyped, perDay } from './usage-days.js';

describe('the days of use', () => {
  it('are each there once, in their order, and hold all that any kind of caller used', () => {
    const row = fc.record({
      day: fc.integer({ min: 0, max: 40 }).map((days) => dayAfter('2026-02-20', days)),
      sessions: fc.nat(9),
      seconds: fc.nat(9),
      tokens: fc.nat(9),
      micros: fc.nat(9),
    });
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const days = perDay(rows, '2026-02-20', '2026-03-31');
        const names = days.map(({ day }) => day);
        expect(names).toEqual([...new Set(names)].sort());
        expect(names.slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, at) => dayAfter('2026-02-20', at)));
        for (const what of /** @type {const} */ (['sessions', 'seconds', 'tokens', 'micros']))
          expect(days.reduce((sum, each) => sum + each[what], 0)).toBe(rows.reduce((sum, each) => sum + each[what], 0));
      }),
    );
  });
  it('begin at midnight of the tenant, wherever the browser stands', () => {
    const evening = Date.parse('2026-03-01T23:30:00Z');
    expect([dayIn('UTC', evening), dayIn('Europe/Madrid', evening), dayIn('America/Lima', evening)]).toEqual([
      ...['2026-03-01', '2026-03-02', '2026-03-01'],
    ]);
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28');
  });
  it('are read from an address that holds days, and from no other', () => {
    expect(dayTyped('2026-03-01')).toBe('2026-03-01');
    for (const text of ['', '2026-13-01', '2026-3-1', 'yesterday', '2026-03-01T00:00']) expect(dayTyped(text)).toBe('');
  });
  it('are those that were used alone where a range has no end', () => {
    expect(perDay([], '2026-03-01', '')).toEqual([]);
    expect(perDay([], '2026-01-01', '2027-01-01')).toHaveLength(92);
  });
});
