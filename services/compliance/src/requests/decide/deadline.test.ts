import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueMs, lateness, nextLookMs } from './deadline.ts';

const due = (law: 'gdpr' | 'ccpa', received: string) => new Date(dueMs(law, Date.parse(received))).toISOString();
const dayMs = 86_400_000;

describe('the deadline of a person’s request', () => {
  it.each([
    ['2026-01-31T10:00:00.000Z', '2026-02-28T10:00:00.000Z'],
    ['2028-01-31T10:00:00.000Z', '2028-02-29T10:00:00.000Z'],
    ['2026-03-31T23:59:59.999Z', '2026-04-30T23:59:59.999Z'],
    ['2026-12-15T00:00:00.000Z', '2027-01-15T00:00:00.000Z'],
    ['2026-02-28T00:00:00.000Z', '2026-03-28T00:00:00.000Z'],
  ])('under the GDPR, when it was received at %s, is %s', (received, wanted) =>
    expect(due('gdpr', received)).toBe(wanted),
  );
  it('under the CCPA is 45 days', () =>
    expect(due('ccpa', '2026-01-01T08:00:00.000Z')).toBe('2026-02-15T08:00:00.000Z'));
  it('is never more than a calendar month away, whatever the day', () => {
    const someTime = fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(someTime, (received) => {
        const at = new Date(dueMs('gdpr', received.getTime()));
        const days = (at.getTime() - received.getTime()) / dayMs;
        expect(days).toBeGreaterThanOrEqual(28);
        expect(days).toBeLessThanOrEqual(31);
        expect((at.getUTCMonth() - received.getUTCMonth() + 12) % 12).toBe(1);
        expect(at.getUTCDate()).toBeLessThanOrEqual(received.getUTCDate());
      }),
    );
  });
  it('is near for a week, and past from its moment on', () => {
    const at = Date.parse('2026-06-30T12:00:00.000Z');
    expect([at - 8 * dayMs, at - 7 * dayMs, at - 1, at].map((nowMs) => lateness(at, nowMs))).toEqual([
      'in time',
      'due soon',
      'due soon',
      'overdue',
    ]);
    expect(nextLookMs(at, at - 8 * dayMs)).toBe(at - 7 * dayMs);
    expect(nextLookMs(at, at)).toBeUndefined();
  });
});
