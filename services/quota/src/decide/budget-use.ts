import type { Amount, Period } from '@vox/contracts';
import { type Budget, type Caps, dayIn, type Held } from './budget.ts';

/** Of the nearest cap of each period, what is settled and reserved: 0 for none of it, 1 for all; nothing where no cap binds. */
export function useOf(budget: Budget, caps: Caps, day: string): Readonly<Partial<Record<Period, number>>> {
  const ofDay = nearest(dayIn(budget, day), caps.day);
  const ofMonth = nearest(budget.month, caps.month);
  return { ...(ofDay !== undefined && { day: ofDay }), ...(ofMonth !== undefined && { month: ofMonth }) };
}

function nearest({ settled, reserved }: Held, cap: Amount): number | undefined {
  const shares = (['tokens', 'micros', 'seconds'] as const).flatMap((measure) => {
    const most = cap[measure];
    // A cap of nothing is used up by nothing.
    if (most === 0) return [1];
    return Number.isFinite(most) ? [(settled[measure] + reserved[measure]) / most] : [];
  });
  return shares.length === 0 ? undefined : Math.max(...shares);
}
