import { someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SlotOwner } from './scopes.ts';
import { noSlots, type Slots, tidy, underPolicy, withoutStart, withSlot, withStart } from './slots.ts';

const owner = (n: number): SlotOwner => ({
  identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId: `v_${n}` },
  address: `a_${n}`,
});
/** Slots after one more, or one less, of each of so many persons. */
function changed(before: Slots, people: number, by: 1 | -1): Slots {
  let slots = before;
  for (let n = 0; n < people; n += 1) slots = { ...slots, ...withSlot(slots, owner(n), by) };
  return slots;
}
const opened = (people: number): Slots => changed(noSlots, people, 1);

describe('open slots', () => {
  it('are counted by person and by address while those are at most 64', () => {
    expect(Object.keys(opened(64).people ?? {})).toHaveLength(64);
    expect(opened(65)).toMatchObject({ open: { widget: 65 }, people: undefined, addresses: undefined });
  });
  it('are counted by person and by address again once none is open', () => {
    expect(changed(opened(65), 65, -1)).toMatchObject({ open: {}, people: {}, addresses: {} });
  });
  it('are as before after one more and one less', () => {
    const slots = opened(3);
    expect({ ...slots, ...withSlot({ ...slots, ...withSlot(slots, owner(7), 1) }, owner(7), -1) }).toEqual(slots);
  });
});

describe('the starts of a minute', () => {
  it('are kept as one entry a second, with the last of them', () => {
    const starts = [1_000, 1_900, 1_200, 2_000].reduce<ReturnType<typeof withStart>>(withStart, []);
    expect(starts).toEqual([
      { second: 1, lastMs: 1_900, count: 3 },
      { second: 2, lastMs: 2_000, count: 1 },
    ]);
  });
  it('are as many as before when one is taken back, whatever others there are', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9_000)), fc.nat(9_000), (others, atMs) => {
        const before = others.reduce<ReturnType<typeof withStart>>(withStart, []);
        const after = withoutStart({ widget: withStart(before, atMs) }, 'widget', atMs).widget ?? [];
        const counts = (starts: typeof before) => starts.map(({ second, count }) => [second, count]);
        expect(counts(after)).toEqual(counts(before));
      }),
    );
  });
  it('are forgotten a minute after the last of their second, and their scope with them', () => {
    const slots = { ...noSlots, starts: { widget: [{ second: 1, lastMs: 1_900, count: 3 }] } };
    expect(tidy(slots, 61_899).starts).toEqual(slots.starts);
    expect(tidy(slots, 61_900).starts).toEqual({});
  });
});

describe('the newest policy', () => {
  it('is never replaced by an older one', () => {
    expect(underPolicy(underPolicy(noSlots, 5, 0), 3, 1_000).newPolicy).toEqual({ version: 5, untilMs: 61_000 });
  });
  it('is forgotten when every copy knows it', () => {
    const slots = underPolicy(noSlots, 5, 0);
    expect(tidy(slots, 59_999).newPolicy).toEqual({ version: 5, untilMs: 60_000 });
    expect(tidy(slots, 60_000).newPolicy).toBeUndefined();
  });
});
