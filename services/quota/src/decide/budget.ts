import type { Amount, KindLimits, Measure, Period } from '@vox/shared/contracts';
import { exceeding, minus, nothing, plus, smaller } from './amount.ts';

export type Held = Readonly<{ settled: Amount; reserved: Amount }>;
export type Reservation = Readonly<{ day: string; amount: Amount; untilMs: number }>;

/** One tenant's budget of one kind of identity in one month. */
export type Budget = Readonly<{
  month: Held;
  days: Readonly<Record<string, Held>>;
  reservations: Readonly<Record<string, Reservation>>;
}>;

/** The caps of both periods. `Infinity` where only the other limits bind. */
export type Caps = Readonly<Record<Period, Amount>>;
export type Short = Readonly<{ period: Period; measure: Measure }>;

const empty: Held = { settled: nothing, reserved: nothing };
export const newBudget: Budget = { month: empty, days: {}, reservations: {} };

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

/** Gives a reservation back whole. A session without one changes nothing. */
export function release(budget: Budget, sessionId: string): Budget {
  const reservation = budget.reservations[sessionId];
  if (reservation === undefined) return budget;
  const { [sessionId]: _gone, ...reservations } = budget.reservations;
  return {
    ...withHeld(budget, reservation.day, (held) => ({ ...held, reserved: minus(held.reserved, reservation.amount) })),
    reservations,
  };
}

export type Settlement = Readonly<{ budget: Budget; reserved: Amount; settled: Amount; uncovered: Amount }>;

/** Turns a reservation into what was used. What the caps can no longer hold is told as uncovered and never booked (I1). */
export function settle(budget: Budget, caps: Caps, sessionId: string, used: Amount): Settlement | undefined {
  const reservation = budget.reservations[sessionId];
  if (reservation === undefined) return undefined;
  const given = release(budget, sessionId);
  const room = smaller(free(given, caps, reservation.day), { tokens: Infinity, micros: Infinity, seconds: Infinity });
  // A cap that was lowered since must not make a paid reservation vanish: what was held may always be booked.
  const settled = smaller(used, {
    tokens: Math.max(room.tokens, reservation.amount.tokens),
    micros: Math.max(room.micros, reservation.amount.micros),
    seconds: Math.max(room.seconds, reservation.amount.seconds),
  });
  return {
    budget: withHeld(given, reservation.day, (held) => ({ ...held, settled: plus(held.settled, settled) })),
    reserved: reservation.amount,
    settled,
    uncovered: minus(used, settled),
  };
}

/** Raises a reservation to `wanted`, as far as it fits; `undefined` when it does not. */
export function grow(budget: Budget, caps: Caps, sessionId: string, wanted: Amount): Budget | undefined {
  const reservation = budget.reservations[sessionId];
  if (reservation === undefined) return undefined;
  const given = release(budget, sessionId);
  if (shortFor(given, caps, reservation.day, wanted) !== undefined) return undefined;
  return reserve(given, sessionId, { ...reservation, amount: wanted });
}
