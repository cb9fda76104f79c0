import { withoutRecent } from './recent.ts';
import { recentScopes, type Slots, startScope, type Whose, withoutStart, withSlot } from './slots.ts';

/** What was decided of a session, as far as its slot is concerned. */
export type Decided = Readonly<
  { kind: 'denied' } | { kind: 'live'; claim: number } | { kind: 'ended'; claim: number; told: boolean }
>;

/**
 * Clears what is pending for a session by what was decided of it: a claim that the decision is not about gives back slot and start, for a refused request
 * consumes nothing; what the session knows is forgotten.
 */
export function reconcile(slots: Slots, sessionId: string, decided: Decided): Slots {
  const pending = slots.pending[sessionId];
  if (pending === undefined) return slots;
  if (pending.what === 'freed') return decided.kind === 'ended' && !decided.told ? slots : forgotten(slots, sessionId);
  if (decided.kind !== 'denied' && decided.claim === pending.seq) return forgotten(slots, sessionId);
  return {
    ...forgotten(slots, sessionId),
    ...withSlot(slots, pending, -1),
    recent: withoutRecent(slots.recent ?? {}, recentScopes(pending), pending.atMs),
    starts: withoutStart(slots.starts, startScope(pending.identity), pending.atMs),
  };
}

function forgotten(slots: Slots, sessionId: string): Slots {
  const { [sessionId]: _gone, ...pending } = slots.pending;
  return { ...slots, pending };
}

/** Frees the slot of a session that has ended, once: until everybody was told of the end, that it is free is pending here. The start stays counted. */
export function free(
  before: Slots,
  sessionId: string,
  ended: Whose & Readonly<{ claim: number; told: boolean }>,
  nowMs: number,
): Slots {
  const slots = reconcile(before, sessionId, { kind: 'ended', ...ended });
  if (ended.told || slots.pending[sessionId]?.what === 'freed') return slots;
  const seq = slots.seq + 1;
  const { identity, address } = ended;
  const pending = { seq, atMs: nowMs, identity, address, what: 'freed' as const };
  return {
    ...slots,
    seq,
    ...withSlot(slots, ended, -1),
    pending: { ...slots.pending, [sessionId]: pending },
  };
}
