import { withoutRecent } from './recent.ts';
import { recentScopes, type SlotOwner, startScope } from './scopes.ts';
import { type Slots, withoutStart, withSlot } from './slots.ts';

/** A session whose call is over. `claim` is the number of the claim that it was granted on. */
export type EndedHolder = SlotOwner & Readonly<{ kind: 'ended'; claim: number; isPublished: boolean }>;

/** What was decided of a session, as far as its slot is concerned. */
export type SlotHolder = Readonly<{ kind: 'denied' }> | Readonly<{ kind: 'live'; claim: number }> | EndedHolder;

/**
 * Clears what is pending for a session, by what was decided of it. A claim that the session was not granted on releases
 * its slot and its start: a refused request consumes nothing. What the session says itself is forgotten. A session that
 * is not stored any more ended, and its end was published, long ago.
 */
export function reconcile(slots: Slots, sessionId: string, holder: SlotHolder | undefined): Slots {
  const pending = slots.pending[sessionId];
  if (pending === undefined) return slots;
  if (pending.what === 'freed')
    return holder?.kind === 'ended' && !holder.isPublished ? slots : withoutPending(slots, sessionId);
  if (claimOf(holder) === pending.seq) return withoutPending(slots, sessionId);
  return {
    ...withoutPending(slots, sessionId),
    ...withSlot(slots, pending, -1),
    recent: withoutRecent(slots.recent ?? {}, recentScopes(pending), pending.atMs),
    starts: withoutStart(slots.starts, startScope(pending.identity), pending.atMs),
  };
}

/** The claim that a session was granted on. Claims are numbered from one on. */
const claimOf = (holder: SlotHolder | undefined): number | undefined =>
  holder === undefined || holder.kind === 'denied' ? undefined : holder.claim;

function withoutPending(slots: Slots, sessionId: string): Slots {
  const { [sessionId]: _gone, ...pending } = slots.pending;
  return { ...slots, pending };
}

/**
 * Frees the slot of a session that has ended, once: that it is free stays pending until the end is published. The start
 * stays counted.
 */
export function free(before: Slots, sessionId: string, holder: EndedHolder, nowMs: number): Slots {
  const slots = reconcile(before, sessionId, holder);
  if (holder.isPublished || slots.pending[sessionId]?.what === 'freed') return slots;
  const seq = slots.seq + 1;
  const { identity, address } = holder;
  return {
    ...slots,
    seq,
    ...withSlot(slots, holder, -1),
    pending: { ...slots.pending, [sessionId]: { seq, atMs: nowMs, identity, address, what: 'freed' } },
  };
}
