import { type Recent, stillRecent } from './recent.ts';
import { openScopes, personScope, type SlotOwner } from './scopes.ts';

/**
 * A slot that was claimed or freed, of which its session may not say so yet. `seq` is the number of the change in the
 * tenant's slots. A session keeps the number of the claim that it was granted on, so a second claim of it, made by a
 * copy that did not know the first, can be told from the first.
 */
export type PendingSlot = SlotOwner & Readonly<{ seq: number; atMs: number; what: 'claimed' | 'freed' }>;

/** Starts within one second: how many, and when the last of them was. */
export type Starts = Readonly<{ second: number; lastMs: number; count: number }>;

/**
 * A tenant's slots: counts, and what is pending. Every other open slot belongs to a session that is live, or whose end
 * is not published yet.
 */
export type Slots = Readonly<{
  seq: number;
  /** Open slots by kind of identity, and by widget key. */
  open: Readonly<Record<string, number>>;
  /** Open slots by person while those are few. Once they were too many this is not kept, until no slot is open. */
  people?: Readonly<Record<string, number>> | undefined;
  /** Open slots by address, kept in the same way. */
  addresses?: Readonly<Record<string, number>> | undefined;
  /** Starts of ten minutes by person and by address, for those who start most often. */
  recent?: Readonly<Record<string, Recent>> | undefined;
  /** Starts of the last minute by scope: a start outlives its slot. */
  starts: Readonly<Record<string, readonly Starts[]>>;
  pending: Readonly<Record<string, PendingSlot>>;
  /** Set while some copy may not know the policy yet under which calls were ended. An older policy admits nobody. */
  newPolicy?: Readonly<{ version: number; untilMs: number }> | undefined;
}>;

export const noSlots: Slots = { seq: 0, open: {}, people: {}, addresses: {}, starts: {}, pending: {} };
export const windowMs = 60_000;

export const openIn = (slots: Slots, scope: string): number => slots.open[scope] ?? 0;

/** Forgets starts older than a minute. The starts of one second are forgotten together with the last of them. */
export function tidy(slots: Slots, nowMs: number): Slots {
  const scopes = Object.entries(slots.starts).flatMap(([scope, starts]) => {
    const kept = starts.filter(({ lastMs }) => lastMs > nowMs - windowMs);
    return kept.length === 0 ? [] : [[scope, kept] as const];
  });
  const { newPolicy, recent, ...kept } = slots;
  const isNew = newPolicy !== undefined && newPolicy.untilMs > nowMs;
  return {
    ...kept,
    starts: Object.fromEntries(scopes),
    ...(recent !== undefined && { recent: stillRecent(recent, nowMs) }),
    ...(isNew && { newPolicy }),
  };
}

/** A copy that learns of a policy later than this is cut off from the bus, and so from every request. */
const knownWithinMs = 60_000;

/** From now on a copy that still decides under an older policy claims nothing. */
export function underPolicy(slots: Slots, version: number, nowMs: number): Slots {
  const newest = Math.max(version, slots.newPolicy?.version ?? 0);
  return { ...slots, newPolicy: { version: newest, untilMs: nowMs + knownWithinMs } };
}

/** More people than this are not counted one by one, so that a tenant's slots stay small. */
const peopleMax = 64;

/** The counts after one slot more or less. */
export function withSlot(
  { open, people, addresses }: Slots,
  { identity, address }: SlotOwner,
  by: 1 | -1,
): Pick<Slots, 'open' | 'people' | 'addresses'> {
  const after = counted(open, openScopes(identity), by);
  if (Object.keys(after).length === 0) return { open: after, people: {}, addresses: {} };
  const few = (counts: Slots['open'] | undefined, scopes: readonly string[]): Slots['open'] | undefined => {
    const each = counts && counted(counts, scopes, by);
    return each && Object.keys(each).length <= peopleMax ? each : undefined;
  };
  return {
    open: after,
    people: few(people, [personScope(identity)]),
    addresses: few(addresses, address === undefined ? [] : [address]),
  };
}

/** Counts by scope after a change. A count of zero is not kept. */
function counted(open: Slots['open'], scopes: readonly string[], by: 1 | -1): Slots['open'] {
  const after = { ...open };
  for (const scope of scopes) {
    const count = Math.max(0, (open[scope] ?? 0) + by);
    if (count === 0) delete after[scope];
    else after[scope] = count;
  }
  return after;
}

const secondOf = (atMs: number): number => Math.floor(atMs / 1_000);

/** The starts of a scope with one more. */
export function withStart(starts: readonly Starts[], atMs: number): readonly Starts[] {
  const second = secondOf(atMs);
  const same = starts.find((each) => each.second === second);
  if (same === undefined) return [...starts, { second, lastMs: atMs, count: 1 }];
  const more = { second, lastMs: Math.max(same.lastMs, atMs), count: same.count + 1 };
  return starts.map((each) => (each === same ? more : each));
}

/** The starts without one of that second. A scope without starts is not kept. */
export function withoutStart(starts: Slots['starts'], scope: string, atMs: number): Slots['starts'] {
  const { [scope]: those = [], ...others } = starts;
  const left = those.flatMap((each) => {
    if (each.second !== secondOf(atMs)) return [each];
    return each.count === 1 ? [] : [{ ...each, count: each.count - 1 }];
  });
  return left.length === 0 ? others : { ...others, [scope]: left };
}
