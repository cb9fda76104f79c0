import type { Amount, KindLimits, Measure, Period } from '@vox/shared/contracts';
import { exceeding, larger, minus, nothing, plus, smaller } from './amount.ts';
import { type Crossing, crossings } from './threshold.ts';

export type Held = Readonly<{ settled: Amount; reserved: Amount }>;

/** What became of a reservation. It stays until the lease is over, so that a repeat finds it. */
export type Settled = Readonly<{ settled: Amount; uncovered: Amount; crossed: readonly Crossing[] }>;
export type Reservation = Readonly<{ day: string; amount: Amount; untilMs: number; settlement?: Settled | undefined }>;

/** One tenant's budget of one kind of identity in one month. */
export type Budget = Readonly<{
  month: Held;
  days: Readonly<Record<string, Held>>;
  reservations: Readonly<Record<string, Reservation>>;
  /** Thresholds told, by period, day or month, measure and the limit they were told for. */
  told: readonly string[];
}>;

/** The caps of both periods. `Infinity` where only the other limits bind. */
export type Caps = Readonly<Record<Period, Amount>>;
export type Short = Readonly<{ period: Period; measure: Measure }>;

const empty: Held = { settled: nothing, reserved: nothing };
export const newBudget: Budget = { month: empty, days: {}, reservations: {}, told: [] };

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

/** Holds an amount for a session. The caller has seen that it fits. */
export const reserve = (budget: Budget, sessionId: string, reservation: Reservation): Budget => ({
  ...withHeld(budget, reservation.day, (held) => ({ ...held, reserved: plus(held.reserved, reservation.amount) })),
  reservations: { ...budget.reservations, [sessionId]: reservation },
});

/** Gives a reservation back whole. A session without one, or with one that is settled, changes nothing. */
export function release(budget: Budget, sessionId: string): Budget {
  const reservation = budget.reservations[sessionId];
  if (reservation === undefined || reservation.settlement !== undefined) return budget;
  const { [sessionId]: _gone, ...reservations } = budget.reservations;
  return {
    ...withHeld(budget, reservation.day, (held) => ({ ...held, reserved: minus(held.reserved, reservation.amount) })),
    reservations,
  };
}

/** Turns a reservation into what was used. What the caps can no longer hold is told as uncovered and never booked (I1). */
export function settle(budget: Budget, caps: Caps, sessionId: string, used: Amount): Budget {
  const reservation = budget.reservations[sessionId];
  if (reservation === undefined || reservation.settlement !== undefined) return budget;
  const { day, amount } = reservation;
  const given = release(budget, sessionId);
  // A cap that was lowered since must not make a paid reservation vanish: what was held may always be booked.
  const settled = smaller(used, larger(free(given, caps, day), amount));
  const booked = withHeld(given, day, (held) => ({ ...held, settled: plus(held.settled, settled) }));
  const { crossed, told } = crossings(booked, caps, day);
  const settlement = { settled, uncovered: minus(used, settled), crossed };
  return { ...booked, told, reservations: { ...booked.reservations, [sessionId]: { ...reservation, settlement } } };
}

/** Books what a settled call is found to have used besides, as far as the caps still hold it. Reports come late when a call is hung up. */
export function settleMore(budget: Budget, caps: Caps, sessionId: string, used: Amount): Budget {
  const reservation = budget.reservations[sessionId];
  const before = reservation?.settlement;
  if (reservation === undefined || before === undefined) return budget;
  const { day } = reservation;
  const late = minus(used, plus(before.settled, before.uncovered));
  if (exceeding(late, nothing) === undefined) return budget;
  const added = smaller(late, free(budget, caps, day));
  const booked = withHeld(budget, day, (held) => ({ ...held, settled: plus(held.settled, added) }));
  const { crossed, told } = crossings(booked, caps, day);
  const settlement = {
    settled: plus(before.settled, added),
    uncovered: plus(before.uncovered, minus(late, added)),
    crossed: [...before.crossed, ...crossed],
  };
  return { ...booked, told, reservations: { ...booked.reservations, [sessionId]: { ...reservation, settlement } } };
}

/** Raises a reservation to `wanted`, or says in which period and measure it does not fit. A settled one stays as it is. */
export function grow(
  budget: Budget,
  caps: Caps,
  sessionId: string,
  wanted: Amount,
): Readonly<{ budget: Budget; short?: Short }> {
  const reservation = budget.reservations[sessionId];
  if (reservation === undefined || reservation.settlement !== undefined) return { budget };
  const given = release(budget, sessionId);
  const short = shortFor(given, caps, reservation.day, wanted);
  if (short !== undefined) return { budget, short };
  return { budget: reserve(given, sessionId, { ...reservation, amount: wanted }) };
}

/** Forgets settled reservations whose lease is over. */
export function tidy(budget: Budget, nowMs: number): Budget {
  const kept = Object.entries(budget.reservations).filter(
    ([, { settlement, untilMs }]) => settlement === undefined || untilMs > nowMs,
  );
  return kept.length === Object.keys(budget.reservations).length
    ? budget
    : { ...budget, reservations: Object.fromEntries(kept) };
}
