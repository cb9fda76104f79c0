import type { Amount, Period } from '@vox/contracts';
import { type Budget, countedIn, dayIn, type PeriodTotals } from './budget.ts';
import type { Caps } from './caps.ts';

/**
 * How much of the nearest cap of each period is settled and reserved since the last reset: 0 for none of it, 1 for all.
 * A period without a cap is left out.
 */
export function budgetUseOf(budget: Budget, caps: Caps, day: string): Readonly<Partial<Record<Period, number>>> {
  const ofDay = nearest(dayIn(budget, day), caps.day);
  const ofMonth = nearest(budget.month, caps.month);
  return { ...(ofDay !== undefined && { day: ofDay }), ...(ofMonth !== undefined && { month: ofMonth }) };
}

function nearest(totals: PeriodTotals, cap: Amount): number | undefined {
  const counted = countedIn(totals);
  const shares = (['tokens', 'micros', 'seconds'] as const).flatMap((measure) => {
    const most = cap[measure];
    // A cap of zero is always used up.
    if (most === 0) return [1];
    return Number.isFinite(most) ? [(counted[measure] + totals.reserved[measure]) / most] : [];
  });
  return shares.length === 0 ? undefined : Math.max(...shares);
}
