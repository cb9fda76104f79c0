import type { Amount, Identity } from '@vox/contracts';
import { exceeding, larger, minus, nothing, plus, smaller } from './amount.ts';
import {
  type Budget,
  dayIn,
  free,
  type PeriodTotals,
  type Reservation,
  type Settlement,
  type Shortfall,
  shortfallOf,
} from './budget.ts';
import type { Caps } from './caps.ts';
import { crossings } from './threshold.ts';

/** The session whose reservation changes, and when. */
export type ReservationOwner = Readonly<{ sessionId: string; identity: Identity; nowMs: number }>;

const withTotals = (budget: Budget, day: string, change: (totals: PeriodTotals) => PeriodTotals): Budget => ({
  ...budget,
  month: change(budget.month),
  days: { ...budget.days, [day]: change(dayIn(budget, day)) },
});

const withMore = (budget: Budget, day: string, amount: Amount): Budget =>
  withTotals(budget, day, (totals) => ({ ...totals, reserved: plus(totals.reserved, amount) }));
const withLess = (budget: Budget, day: string, amount: Amount): Budget =>
  withTotals(budget, day, (totals) => ({ ...totals, reserved: minus(totals.reserved, amount) }));

/** A change of the counts, pending until the record says the same. */
function pended(
  budget: Budget,
  { sessionId, identity, nowMs }: ReservationOwner,
  after: Omit<Reservation, 'seq'>,
): Budget {
  const seq = budget.seq + 1;
  return { ...budget, seq, pending: { ...budget.pending, [sessionId]: { ...after, seq, identity, atMs: nowMs } } };
}

/** Holds an amount for a session. The caller has seen that it fits. */
export const reserve = (budget: Budget, owner: ReservationOwner, held: Omit<Reservation, 'root' | 'seq'>): Budget =>
  pended(withMore(budget, held.day, held.amount), owner, { ...held, root: budget.seq + 1 });

/** The newest reservation of a session: the one that its record knows, or a change of it that is pending. */
export function standing(budget: Budget, sessionId: string, known: Reservation): Reservation {
  const pending = budget.pending[sessionId];
  if (pending === undefined || pending.root !== known.root || pending.seq <= known.seq) return known;
  const { identity: _owner, atMs: _since, ...reservation } = pending;
  return reservation;
}

/**
 * Clears what is pending for a session by what was decided of it. A hold that the decision is not about is released,
 * and a change that the record knows is forgotten. A change that the record does not know yet stays.
 */
export function reconcile(budget: Budget, sessionId: string, decided: Reservation | undefined): Budget {
  const pending = budget.pending[sessionId];
  if (pending === undefined) return budget;
  const isStrange = decided?.root !== pending.root;
  if (!isStrange && decided.seq < pending.seq) return budget;
  const { [sessionId]: _gone, ...others } = budget.pending;
  // Only a hold can have another root than the record: whatever came after it was decided on by the record.
  const isHold = pending.root === pending.seq;
  return { ...(isStrange && isHold ? withLess(budget, pending.day, pending.amount) : budget), pending: others };
}

/** Turns a reservation into what was used. What the caps cannot hold counts as uncovered and is never booked (I1). */
export function settle(
  budget: Budget,
  caps: Caps,
  owner: ReservationOwner,
  reservation: Reservation,
  used: Amount,
): Budget {
  if (reservation.settlement !== undefined) return budget;
  const { day, amount } = reservation;
  const released = withLess(budget, day, amount);
  // What was held may always be booked: a cap that was lowered since must not make a paid reservation vanish.
  const settled = smaller(used, larger(free(released, caps, day), amount));
  const settlement = { settled, uncovered: minus(used, settled), crossed: [] };
  return booked(released, caps, owner, reservation, settlement, settled);
}

/** Books what a settled call is found to have used besides, as far as the caps hold it. Reports can come late. */
export function settleMore(
  budget: Budget,
  caps: Caps,
  owner: ReservationOwner,
  reservation: Reservation,
  used: Amount,
): Budget {
  const before = reservation.settlement;
  const late = before && unbooked(before, used);
  if (before === undefined || late === undefined) return budget;
  const added = smaller(late, free(budget, caps, reservation.day));
  const after = {
    settled: plus(before.settled, added),
    uncovered: plus(before.uncovered, minus(late, added)),
    crossed: before.crossed,
  };
  return booked(budget, caps, owner, reservation, after, added);
}

/** What was used beyond what a settlement names, if anything. */
export function unbooked({ settled, uncovered }: Settlement, used: Amount): Amount | undefined {
  const late = minus(used, plus(settled, uncovered));
  return exceeding(late, nothing) === undefined ? undefined : late;
}

function booked(
  budget: Budget,
  caps: Caps,
  owner: ReservationOwner,
  reservation: Reservation,
  settlement: Settlement,
  added: Amount,
): Budget {
  const { day } = reservation;
  const after = withTotals(budget, day, (totals) => ({ ...totals, settled: plus(totals.settled, added) }));
  const { crossed, told } = crossings(after, caps, day);
  return pended({ ...after, told }, owner, {
    ...reservation,
    settlement: { ...settlement, crossed: [...settlement.crossed, ...crossed] },
  });
}

/** Raises a reservation to `wanted`, or says where it does not fit. A settled one stays as it is. */
export function grow(
  budget: Budget,
  caps: Caps,
  owner: ReservationOwner,
  reservation: Reservation,
  wanted: Amount,
): Readonly<{ budget: Budget; shortfall?: Shortfall }> {
  if (reservation.settlement !== undefined) return { budget };
  const { day, amount } = reservation;
  const released = withLess(budget, day, amount);
  const shortfall = shortfallOf(released, caps, day, wanted);
  if (shortfall !== undefined) return { budget, shortfall };
  return { budget: pended(withMore(released, day, wanted), owner, { ...reservation, amount: wanted }) };
}
