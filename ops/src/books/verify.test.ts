import { someLimits, somePolicy } from '@vox/shared/testing';
import { describe, expect, it } from 'vitest';
import { type Books, type Told, verifyBooks } from './verify.ts';

const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
const id = 'c0ffee00-0000-4000-8000-000000000001';
const key = 'acme:widget:2026-05';
const amount = (micros: number) => ({ tokens: 0, micros, seconds: 0 });
const identity = {
  kind: 'widget' as const,
  widgetKey: 'w_acme_site_0123456789abcdef',
  visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA',
};
const fact = (type: string, over: Partial<Told> = {}): Told => ({
  id: `${type}:${id}`,
  type: `vox.session.${type}.v1`,
  tenantId: 'acme',
  sessionId: id,
  atMs: nowMs - 60_000,
  ...over,
});
const session = { kind: 'live', tenantId: 'acme', identity, grantedAtMs: nowMs - 60_000, endsAtMs: nowMs + 60_000 };
const record = { kind: 'admitted', tenantId: 'acme', identity, budgetKey: key, closed: false };
const slot = { identity, claimedAtMs: nowMs - 60_000, untilMs: nowMs + 120_000 };
const held = { settled: amount(10), reserved: amount(40) };
const budget = {
  month: held,
  days: { '2026-05-05': held },
  reservations: { [id]: { day: '2026-05-05', amount: amount(40), untilMs: nowMs + 120_000 } },
  told: [],
};

const sound = {
  nowMs,
  policies: new Map([['acme', somePolicy({}, someLimits({ microsPerDay: 100, openSessions: 1 }))]]),
  budgets: new Map([[key, budget]]),
  requests: new Map([[id, record]]),
  slots: new Map([['acme', { open: { [id]: slot }, starts: {} }]]),
  sessions: new Map([[id, session]]),
  told: [fact('requested'), fact('granted')],
  behind: new Map([['quota-ends', 0]]),
};
const found = (over: object): readonly string[] => verifyBooks({ ...sound, ...over } as unknown as Books);

describe('the books', () => {
  it('are sound as they should be', () => {
    expect(found({})).toEqual([]);
  });
  it.each([
    [
      'a day over its cap',
      { budgets: new Map([[key, { ...budget, days: { '2026-05-05': { ...held, reserved: amount(91) } } }]]) },
      'I1',
    ],
    [
      'a reservation that nobody counts',
      { budgets: new Map([[key, { ...budget, month: { ...held, reserved: amount(0) } }]]) },
      'I1',
    ],
    [
      'a day that the month does not know',
      { budgets: new Map([[key, { ...budget, month: { ...held, settled: amount(0) } }]]) },
      'I1',
    ],
    [
      'one slot too many',
      { slots: new Map([['acme', { open: { [id]: slot, other: { ...slot, claimedAtMs: nowMs } }, starts: {} }]]) },
      'I2',
    ],
    ['a slot of nobody', { sessions: new Map(), told: [] }, 'I2'],
    ['a session without a slot', { slots: new Map() }, 'I2'],
    ['a session past its end', { sessions: new Map([[id, { ...session, endsAtMs: nowMs - 20_000 }]]) }, 'I2'],
    ['a request that nobody decided', { told: [fact('requested')], sessions: new Map(), slots: new Map() }, 'I3'],
    ['a request decided twice', { told: [fact('requested'), fact('granted'), fact('denied')] }, 'I3'],
    ['a grant that ended and lives', { told: [fact('requested'), fact('granted'), fact('ended')] }, 'I3'],
    [
      'a grant that ended twice',
      { told: [fact('granted'), fact('ended'), fact('ended', { id: 'again' })], sessions: new Map(), slots: new Map() },
      'I3',
    ],
    ['a grant without an end', { sessions: new Map(), slots: new Map() }, 'I3'],
    [
      'an end that nobody settled',
      { told: [fact('granted'), fact('ended')], sessions: new Map(), slots: new Map() },
      'I4',
    ],
    ['a consumer that is behind', { behind: new Map([['quota-ends', 3]]) }, 'I4'],
  ])('show %s', (_what, over, invariant) => {
    expect(found(over).some((finding) => finding.startsWith(invariant))).toBe(true);
  });
});
