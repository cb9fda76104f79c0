import type { Amount, Identity, KindLimits, Measure, Period } from '@vox/contracts';
import { exceeding, larger, minus, nothing, plus, smaller } from './amount.ts';
import { type Crossing, crossings } from './threshold.ts';

export type Held = Readonly<{ settled: Amount; reserved: Amount }>;

/** What became of a reservation. It stays with the request's record, so that a repeat finds it. */
export type Settled = Readonly<{ settled: Amount; uncovered: Amount; crossed: readonly Crossing[] }>;

/**
 * What a budget holds, or has booked, for one session. It stands in the request's record. `root` and `seq` are numbers of the budget's changes:
 * the one it began with, and its latest. Two holds of one session, by two copies that met, differ in their root; only one of them is ever decided on.
 */
export type Reservation = Readonly<{
  root: number;
  seq: number;
  day: string;
  amount: Amount;
  untilMs: number;
  settlement?: Settled | undefined;
}>;

/** A reservation that the budget counts and that its record may not know yet. */
export type PendingReservation = Reservation & Readonly<{ identity: Identity; atMs: number }>;

/** One tenant's budget of one kind of identity in one month: counts, and what is under way. */
export type Budget = Readonly<{
  seq: number;
  month: Held;
  days: Readonly<Record<string, Held>>;
  /** Thresholds told, by period, day or month, measure and the limit they were told for. */
  told: readonly string[];
  pending: Readonly<Record<string, PendingReservation>>;
}>;

/** Whose reservation changes, and when. */
export type Whose = Readonly<{ sessionId: string; identity: Identity; nowMs: number }>;

/** The caps of both periods. `Infinity` where only the other limits bind. */
export type Caps = Readonly<Record<Period, Amount>>;
export type Short = Readonly<{ period: Period; measure: Measure }>;

const empty: Held = { settled: nothing, reserved: nothing };
export const newBudget: Budget = { seq: 0, month: empty, days: {}, told: [], pending: {} };

export const capsOf = (limits: KindLimits): Caps => ({
  day: {
    tokens: limits.tokensPerDay,
    micros: limits.microsPerDay,
    seconds: limits.secondsPerDay ?? Number.POSITIVE_INFINITY,
  },
  month: {
    tokens: limits.tokensPerMonth ?? Number.POSITIVE_INFINITY,
    micros: limits.microsPerMonth ?? Number.POSITIVE_INFINITY,
    seconds: limits.secondsPerMonth ?? Number.POSITIVE_INFINITY,
  },
});

export const dayIn = (budget: Budget, day: string): Held => budget.days[day] ?? empty;

/** What both periods could still hold. */
export function free(budget: Budget, caps: Caps, day: string): Amount {
  const left = (held: Held, cap: Amount): Amount => minus(cap, plus(held.settled, held.reserved));
  return smaller(left(dayIn(budget, day), caps.day), left(budget.month, caps.month));
}

/** Which period and measure cannot hold an amount. */
export function shortFor(budget: Budget, caps: Caps, day: string, wanted: Amount): Short | undefined {
  for (const period of ['day', 'month'] as const) {
    const held = period === 'day' ? dayIn(budget, day) : budget.month;
    const measure = exceeding(plus(plus(held.settled, held.reserved), wanted), caps[period]);
    if (measure !== undefined) return { period, measure };
  }
  return undefined;
}

const withHeld = (budget: Budget, day: string, change: (held: Held) => Held): Budget => ({
  ...budget,
  month: change(budget.month),
  days: { ...budget.days, [day]: change(dayIn(budget, day)) },
});

const adding = (budget: Budget, day: string, amount: Amount): Budget =>
  withHeld(budget, day, (held) => ({ ...held, reserved: plus(held.reserved, amount) }));
const taking = (budget: Budget, day: string, amount: Amount): Budget =>
  withHeld(budget, day, (held) => ({ ...held, reserved: minus(held.reserved, amount) }));

/** A change of the counts, pending until the record says the same. */
function pended(budget: Budget, { sessionId, identity, nowMs }: Whose, after: Omit<Reservation, 'seq'>): Budget {
  const seq = budget.seq + 1;
  return { ...budget, seq, pending: { ...budget.pending, [sessionId]: { ...after, seq, identity, atMs: nowMs } } };
}

/** Holds an amount for a session. The caller has seen that it fits. */
export const reserve = (budget: Budget, whose: Whose, held: Omit<Reservation, 'root' | 'seq'>): Budget =>
  pended(adding(budget, held.day, held.amount), whose, { ...held, root: budget.seq + 1 });

/** What stands for a session whose record knows of `known`: that, or what is pending after it. */
export function standing(budget: Budget, sessionId: string, known: Reservation): Reservation {
  const pending = budget.pending[sessionId];
  if (pending === undefined || pending.root !== known.root || pending.seq <= known.seq) return known;
  const { identity: _whose, atMs: _since, ...reservation } = pending;
  return reservation;
}

/**
 * Clears what is pending for a session by what was decided of it: a hold that the decision is not about goes back whole, and what the record
 * knows is forgotten. What the record has yet to take over stays.
 */
export function reconcile(budget: Budget, sessionId: string, decided: Reservation | undefined): Budget {
  const pending = budget.pending[sessionId];
  if (pending === undefined) return budget;
  const isStrange = decided?.root !== pending.root;
  if (!isStrange && decided.seq < pending.seq) return budget;
  const { [sessionId]: _gone, ...others } = budget.pending;
  // Only a hold can be of another root than the record's: whatever came after it was decided on by the record.
  const isHold = pending.root === pending.seq;
  return { ...(isStrange && isHold ? taking(budget, pending.day, pending.amount) : budget), pending: others };
}

/** Turns a reservation into what was used. What the caps can no longer hold is told as uncovered and never booked (I1). */
export function settle(budget: Budget, caps: Caps, whose: Whose, reservation: Reservation, used: Amount): Budget {
  if (reservation.settlement !== undefined) return budget;
  const { day, amount } = reservation;
  const given = taking(budget, day, amount);
  // A cap that was lowered since must not make a paid reservation vanish: what was held may always be booked.
  const settled = smaller(used, larger(free(given, caps, day), amount));
  return booked(given, caps, whose, reservation, { settled, uncovered: minus(used, settled), crossed: [] }, settled);
}

/** Books what a settled call is found to have used besides, as far as the caps still hold it. Reports come late when a call is hung up. */
export function settleMore(budget: Budget, caps: Caps, whose: Whose, reservation: Reservation, used: Amount): Budget {
  const before = reservation.settlement;
  const late = before && unbooked(before, used);
  if (before === undefined || late === undefined) return budget;
  const added = smaller(late, free(budget, caps, reservation.day));
  const after = {
    settled: plus(before.settled, added),
    uncovered: plus(before.uncovered, minus(late, added)),
    crossed: before.crossed,
  };
  return booked(budget, caps, whose, reservation, after, added);
}

/** What was used that a settlement says nothing of, if anything. */
export function unbooked({ settled, uncovered }: Settled, used: Amount): Amount | undefined {
  const late = minus(used, plus(settled, uncovered));
  return exceeding(late, nothing) === undefined ? undefined : late;
}

function booked(
  budget: Budget,
  caps: Caps,
  whose: Whose,
  reservation: Reservation,
  settlement: Settled,
  added: Amount,
): Budget {
  const { day } = reservation;
  const after = withHeld(budget, day, (held) => ({ ...held, settled: plus(held.settled, added) }));
  const { crossed, told } = crossings(after, caps, day);
  return pended({ ...after, told }, whose, {
    ...reservation,
    settlement: { ...settlement, crossed: [...settlement.crossed, ...crossed] },
  });
}

/** Raises a reservation to `wanted`, or says in which period and measure it does not fit. A settled one stays as it is. */
export function grow(
  budget: Budget,
  caps: Caps,
  whose: Whose,
  reservation: Reservation,
  wanted: Amount,
): Readonly<{ budget: Budget; short?: Short }> {
  if (reservation.settlement !== undefined) return { budget };
  const { day, amount } = reservation;
  const given = taking(budget, day, amount);
  const short = shortFor(given, caps, day, wanted);
  if (short !== undefined) return { budget, short };
  return { budget: pended(adding(given, day, wanted), whose, { ...reservation, amount: wanted }) };
}
