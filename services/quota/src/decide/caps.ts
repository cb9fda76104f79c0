import { type Amount, type IdentityKind, type KindLimits, limitsAt, type Period, type Policy } from '@vox/contracts';
import { nothing } from './amount.ts';

/** The caps of both periods. `Infinity` where only the other limits bind. */
export type Caps = Readonly<Record<Period, Amount>>;

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

/**
 * The caps of a kind of identity at a moment. Without a policy they are zero, so nothing is free but what is held
 * already.
 */
export const capsUnder = (policy: Policy | undefined, kind: IdentityKind, nowMs: number): Caps =>
  policy === undefined ? { day: nothing, month: nothing } : capsOf(limitsAt(policy, kind, nowMs));
