import type { KindLimits } from '@vox/contracts';
import { someLimits, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { type Claim, claim, mustAskAddress, mustAskPerson } from './claim.ts';
import { noSlots, type Slots, underPolicy } from './slots.ts';

const visitor = (n: number) => ({ kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: `v_${n}` });
const wanted = (n: number, limits: Partial<KindLimits> = {}, over: Partial<Claim> = {}): Claim => ({
  sessionId: `session-${n}`,
  identity: visitor(n),
  address: 'a_1',
  limits: someLimits(limits),
  policyVersion: 1,
  nowMs: 1_000,
  openOfPerson: [],
  openOfAddress: [],
  ...over,
});
/** Slots after claims of these, all of which are given. */
const claimed = (slots: Slots, ...claims: readonly Claim[]): Slots =>
  claims.reduce((before, each) => {
    const after = claim(before, each);
    if (!('slots' in after)) throw new Error('a claim was refused');
    return after.slots;
  }, slots);
const denialOf = (slots: Slots, each: Claim) => {
  const after = claim(slots, each);
  return 'denial' in after ? after.denial : undefined;
};

describe('a claim', () => {
  it('takes a slot and a start of its kind, its key, its person and its address, and is pending', () => {
    expect(claimed(noSlots, wanted(1))).toEqual({
      seq: 1,
      open: { widget: 1, [`key:${someWidgetKey}`]: 1 },
      people: { 'widget:v_1': 1 },
      addresses: { a_1: 1 },
      recent: { 'widget:v_1': { sinceMs: 1_000, count: 1 }, 'address:a_1': { sinceMs: 1_000, count: 1 } },
      starts: { widget: [{ second: 1, lastMs: 1_000, count: 1 }] },
      pending: { 'session-1': { seq: 1, atMs: 1_000, identity: visitor(1), address: 'a_1', what: 'claimed' } },
    });
  });
  it('gets the same number again when it is repeated, and changes nothing', () => {
    const slots = claimed(noSlots, wanted(1));
    expect(claim(slots, wanted(1))).toEqual({ slots, seq: 1 });
  });
  it('is outdated under a policy that is older than the one that ended calls, for a minute', () => {
    const slots = underPolicy(noSlots, 2, 1_000);
    expect(claim(slots, wanted(1))).toEqual({ outdated: true });
    expect(claim(slots, wanted(1, {}, { policyVersion: 2 }))).toMatchObject({ seq: 1 });
    expect(claim(slots, wanted(1, {}, { nowMs: 61_000 }))).toMatchObject({ seq: 1 });
  });
  it.each([
    ['visitor', { openSessionsPerPerson: 1 }, [wanted(1)], wanted(1, {}, { sessionId: 'other' })],
    ['address', { openSessionsPerAddress: 2 }, [wanted(1), wanted(2)], wanted(3)],
    ['key', { openSessionsPerKey: 2 }, [wanted(1), wanted(2)], wanted(3)],
    ['tenant', { openSessions: 2 }, [wanted(1), wanted(2)], wanted(3)],
  ] as const)('is denied past the cap on open calls of its %s', (scope, limits, before, next) => {
    const slots = claimed(noSlots, ...before);
    expect(denialOf(slots, { ...next, limits: someLimits(limits) })).toEqual({ reason: 'too-many-open', scope });
  });
  it('of a console user is denied past the cap of the user', () => {
    const identity = { kind: 'console' as const, userId: 'ada' };
    const slots = claimed(noSlots, wanted(1, {}, { identity }));
    const next = wanted(2, { openSessionsPerPerson: 1 }, { identity });
    expect(denialOf(slots, next)).toEqual({ reason: 'too-many-open', scope: 'user' });
  });
  it.each([
    ['session-starts', { sessionStartsPerMinute: 2 }, 60],
    ['visitor', { startsPerPerson: 2 }, 600],
    ['address', { startsPerAddress: 2 }, 600],
  ] as const)(
    'is denied past the starts of its %s, and says when to come again',
    (scope, limits, retryAfterSeconds) => {
      const most = { openSessionsPerPerson: 9 };
      const slots = claimed(noSlots, wanted(1, most), wanted(1, most, { sessionId: 'other' }));
      const next = wanted(1, { ...most, ...limits }, { sessionId: 'next' });
      expect(denialOf(slots, next)).toEqual({ reason: 'rate-of-starts', scope, retryAfterSeconds });
    },
  );
  it('counts live sessions and pending claims of its person together, each once, where people are many', () => {
    const slots: Slots = { ...claimed(noSlots, wanted(1)), people: undefined };
    const next = (openOfPerson: readonly string[]) =>
      wanted(1, { openSessionsPerPerson: 2 }, { sessionId: 'next', openOfPerson });
    expect(denialOf(slots, next(['session-1']))).toBeUndefined();
    expect(denialOf(slots, next(['another']))).toEqual({ reason: 'too-many-open', scope: 'visitor' });
  });
});

describe('the live sessions of a person and of an address', () => {
  it.each([
    ['are not asked for while both are counted', noSlots, 9, false],
    ['are not asked for while fewer are open than one may have', { ...noSlots, people: undefined }, 1, false],
    ['are asked for where they are not counted', { ...noSlots, people: undefined, addresses: undefined }, 2, true],
  ] as const)('%s', (_what, slots, widget, isAsked) => {
    const limits = someLimits({ openSessionsPerPerson: 2, openSessionsPerAddress: 2 });
    const now = { ...slots, open: { widget } };
    expect([mustAskPerson(now, visitor(1), limits), mustAskAddress(now, visitor(1), limits)]).toEqual([
      isAsked,
      isAsked,
    ]);
  });
  it('are not asked for of an address that has no cap', () => {
    const slots = { ...noSlots, addresses: undefined, open: { widget: 9 } };
    expect(mustAskAddress(slots, visitor(1), someLimits({ openSessionsPerAddress: null }))).toBe(false);
  });
});
