import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RefusalPart, spanOf, summed, weekOf, withRefusals } from './decide.ts';

describe('an ISO week', () => {
  it.each([
    ['2026-01-01', '2026-W01'],
    ['2024-12-30', '2025-W01'],
    ['2021-01-03', '2020-W53'],
    ['2026-05-05', '2026-W19'],
    ['2026-11-29', '2026-W48'],
  ])('of %s is %s', (day, week) => expect(weekOf(Date.parse(day))).toBe(week));
  it('is the one whose seven days hold the moment', () => {
    const anyMs = fc.integer({ min: Date.parse('1990-01-01'), max: Date.parse('2100-01-01') });
    fc.assert(
      fc.property(anyMs, (ms) => {
        const { fromMs, toMs } = spanOf(weekOf(ms));
        expect(ms).toBeGreaterThanOrEqual(fromMs);
        expect(ms).toBeLessThan(toMs);
        expect(toMs - fromMs).toBe(7 * 86_400_000);
        expect(new Date(fromMs).getUTCDay()).toBe(1);
      }),
    );
  });
});

it('refusals are summed by code as they were told, whatever comes twice and in which order', () => {
  const fact = fc.record({
    id: fc.integer({ min: 0, max: 15 }).map(String),
    code: fc.constantFrom('FORBIDDEN', 'BOT_BLOCKED', 'INVALID_WIDGET_KEY'),
    count: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(fact, { selector: ({ id }) => id }), fc.infiniteStream(fc.nat()), (facts, turns) => {
      const parts = new Map<string, RefusalPart>();
      const twice = [...facts, ...facts].map((each) => ({ each, turn: turns.next().value }));
      for (const { each } of twice.sort((a, b) => a.turn - b.turn)) {
        const place = String(Number(each.id) % 3);
        const before = parts.get(place) ?? { tenantId: 'acme', week: '2026-W19', byCode: {}, seen: [] };
        parts.set(place, withRefusals(before, each));
      }
      const expected: Record<string, number> = {};
      for (const { code, count } of facts) expected[code] = (expected[code] ?? 0) + count;
      const digest = { tenantId: 'acme', week: '2026-W19', state: 'counting', byCode: {} } as const;
      expect(summed(digest, [...parts.values()]).byCode).toEqual(expected);
    }),
  );
});
