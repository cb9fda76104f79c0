import { CallRefusal } from '@vox/contracts';
import { faultCodes } from '@vox/platform/fault';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CallDay,
  type Decided,
  daysUpTo,
  decisionsByDay,
  reasonOf,
  utcDayOf,
  utcDaysOf,
  withDecided,
} from './decide.ts';

const zones = ['UTC', 'Europe/Madrid', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
const hourMs = 3_600_000;
const nowMs = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') });
const decided = (endMs: number): fc.Arbitrary<Decided> =>
  fc.record({
    fact: fc.uuid(),
    what: fc.constantFrom('granted' as const, 'RATE_LIMIT_EXCEEDED' as const, 'BOT_BLOCKED' as const),
    count: fc.integer({ min: 1, max: 50 }),
    atMs: fc.integer({ min: endMs - 9 * 24 * hourMs, max: endMs }),
  });
/** What a calendar on the wall of somebody in a zone says. */
const wallDay = (timeZone: string, ms: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(ms);

/** Counts facts in parts, each as often as it is told. */
function counted(facts: readonly Decided[], parts: number): CallDay[] {
  const days = new Map<string, CallDay>();
  for (const each of facts) {
    const day = utcDayOf(each.atMs);
    const place = `${day}/${each.fact.charCodeAt(0) % parts}`;
    const before = days.get(place) ?? { tenantId: 'acme', day, counts: {}, seen: [] };
    days.set(place, withDecided(before, each));
  }
  return [...days.values()];
}

describe('the decisions of a day', () => {
  it('are as many as were made on it by the tenant’s own calendar, whatever is told twice and in which order', () => {
    const told = nowMs.chain((endMs) =>
      fc.record({
        endMs: fc.constant(endMs),
        timeZone: fc.constantFrom(...zones),
        days: fc.integer({ min: 1, max: 8 }),
        facts: fc.uniqueArray(decided(endMs), { selector: ({ fact }) => fact, maxLength: 60 }),
        seed: fc.infiniteStream(fc.nat()),
      }),
    );
    fc.assert(
      fc.property(told, ({ endMs, timeZone, days: span, facts, seed }) => {
        const twice = [...facts, ...facts].map((each) => ({ each, turn: seed.next().value as number }));
        const inAnyOrder = twice.sort((a, b) => a.turn - b.turn).map(({ each }) => each);
        const days = daysUpTo(timeZone, endMs, span);
        const wanted = new Set(utcDaysOf(days));
        const found = counted(inAnyOrder, 3).filter(({ day }) => wanted.has(day));
        for (const { day, granted, refused, reasons } of decisionsByDay(found, timeZone, days)) {
          const ofDay = facts.filter(({ atMs }) => wallDay(timeZone, atMs) === day);
          const sumOf = (what: string) =>
            ofDay.filter((each) => each.what === what).reduce((sum, { count }) => sum + count, 0);
          expect(granted).toBe(sumOf('granted'));
          expect(refused).toBe(ofDay.reduce((sum, { count }) => sum + count, 0) - granted);
          for (const { code, count } of reasons) expect(count).toBe(sumOf(code));
          expect(reasons.map(({ count }) => count)).toEqual(
            reasons.map(({ count }) => count).toSorted((a, b) => b - a),
          );
        }
      }),
    );
  });
  it('are of each day up to today, the oldest first', () => {
    fc.assert(
      fc.property(nowMs, fc.constantFrom(...zones), fc.integer({ min: 1, max: 8 }), (endMs, timeZone, span) => {
        const days = daysUpTo(timeZone, endMs, span);
        expect(days).toHaveLength(span);
        expect(days.at(-1)).toBe(wallDay(timeZone, endMs));
        expect(days).toEqual([...new Set(days)].sort());
      }),
    );
  });
});

it('a reason for a refusal that this version does not know is another one, and no other is', () => {
  for (const code of CallRefusal.options) expect(reasonOf(code)).toBe(code);
  for (const code of ['', 'NEWER_CODE', '__proto__', 'granted', 'constructor']) expect(reasonOf(code)).toBe('OTHER');
});

it('a reason that is counted by name is a code of the HTTP contract', () => {
  expect(faultCodes).toEqual(expect.arrayContaining(CallRefusal.options.filter((code) => code !== 'OTHER')));
});
