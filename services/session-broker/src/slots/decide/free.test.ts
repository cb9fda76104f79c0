import { someLimits, someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claim } from './claim.ts';
import { type EndedHolder, free, reconcile, type SlotHolder } from './free.ts';
import { noSlots, type Slots } from './slots.ts';

const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_1' };
const owner = { identity, address: 'a_1' };
const asks = {
  openOfPerson: [],
  openOfAddress: [],
  policyVersion: 1,
  limits: someLimits({ openSessionsPerPerson: 9 }),
};
const claimedBy = (slots: Slots, sessionId: string, nowMs = 1_000): Slots => {
  const after = claim(slots, { ...owner, ...asks, sessionId, nowMs });
  if (!('slots' in after)) throw new Error('a claim was refused');
  return after.slots;
};
const ended = (claim: number, isPublished = false): EndedHolder => ({ kind: 'ended', ...owner, claim, isPublished });
/** What is counted, whatever is pending and however many changes there were. */
const counts = ({ open, people, addresses, starts, recent = {} }: Slots) => ({
  open,
  people,
  addresses,
  starts,
  recent,
});

describe('a pending claim', () => {
  const slots = claimedBy(noSlots, 'one');
  it.each<readonly [string, SlotHolder | undefined, number]>([
    ['keeps its slot when its session was granted on it', { kind: 'live', claim: 1 }, 1],
    ['keeps its slot until its ended session frees it', ended(1), 1],
    ['releases its slot when its session was denied', { kind: 'denied' }, 0],
    ['releases its slot when its session was granted on another claim', { kind: 'live', claim: 7 }, 0],
    ['releases its slot when its session is not stored any more', undefined, 0],
  ])('%s', (_what, holder, open) => {
    const after = reconcile(slots, 'one', holder);
    expect(after.open.widget ?? 0).toBe(open);
    expect(after.pending).toEqual({});
  });
  it('leaves no trace in any count when it is released', () => {
    expect(counts(reconcile(slots, 'one', { kind: 'denied' }))).toEqual(counts(noSlots));
  });
});

describe('a freed slot', () => {
  const granted = reconcile(claimedBy(noSlots, 'one'), 'one', { kind: 'live', claim: 1 });
  const freed = free(granted, 'one', ended(1), 2_000);

  it('is counted no more and stays pending until the end of its session is published', () => {
    expect(freed.open).toEqual({});
    expect(freed.pending).toMatchObject({ one: { seq: 2, what: 'freed', atMs: 2_000 } });
    expect(reconcile(freed, 'one', ended(1))).toBe(freed);
    expect(reconcile(freed, 'one', ended(1, true)).pending).toEqual({});
  });
  it('keeps its start counted', () => {
    expect(freed.starts).toEqual(granted.starts);
    expect(freed.recent).toEqual(granted.recent);
  });
  it('is freed once, before and after its end is published', () => {
    const others = claimedBy(freed, 'two');
    expect(free(others, 'one', ended(1), 3_000)).toBe(others);
    expect(free(others, 'one', ended(1, true), 3_000).open).toEqual(others.open);
  });
  it('was its own alone, whatever sessions are claimed, granted, denied and freed, in any order', () => {
    const step = fc.record({ id: fc.constantFrom('a', 'b', 'c'), what: fc.constantFrom('grant', 'deny', 'end') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let slots = noSlots;
        const holders = new Map<string, SlotHolder>();
        for (const { id, what } of steps) {
          const holder = holders.get(id);
          if (holder === undefined && what !== 'end') {
            slots = claimedBy(slots, id);
            const claim = slots.pending[id]?.seq ?? 0;
            holders.set(id, what === 'grant' ? { kind: 'live', claim } : { kind: 'denied' });
          }
          if (holder?.kind === 'live' && what === 'end') holders.set(id, ended(holder.claim));
          const now = holders.get(id);
          slots = now?.kind === 'ended' ? free(slots, id, now, 2_000) : reconcile(slots, id, now);
        }
        const live = [...holders.values()].filter(({ kind }) => kind === 'live');
        expect(slots.open.widget ?? 0).toBe(live.length);
      }),
    );
  });
});
