import {
  type Amount,
  type BudgetLimit,
  budgetLimits,
  type IdentityKind,
  limitsAt,
  type Period,
  type Policy,
  type ShownLimits,
} from '@vox/contracts';
import { type Budget, countedIn, dayIn } from './budget.ts';
import { type Calendar, resetsAtOf } from './calendar.ts';

type ShownKind = ShownLimits['kinds'][number];

const counts: Readonly<Record<BudgetLimit, readonly [Period, keyof Amount]>> = {
  tokensPerDay: ['day', 'tokens'],
  tokensPerMonth: ['month', 'tokens'],
  microsPerDay: ['day', 'micros'],
  microsPerMonth: ['month', 'micros'],
  secondsPerDay: ['day', 'seconds'],
  secondsPerMonth: ['month', 'seconds'],
};

/** The limits of one kind of identity at a moment, and what its budget says of each. */
export function shownLimits(
  policy: Policy,
  kind: IdentityKind,
  budget: Budget,
  { calendar, nowMs }: Readonly<{ calendar: Calendar; nowMs: number }>,
): ShownKind {
  const inForce = limitsAt(policy, kind, nowMs);
  const shown = budgetLimits.map((limit) => {
    const [period, of] = counts[limit];
    const totals = period === 'day' ? dayIn(budget, calendar.day) : budget.month;
    const [used, reserved, most] = [countedIn(totals)[of], totals.reserved[of], inForce[limit]];
    return {
      limit,
      inForce: most,
      ofPolicy: policy.limits[kind][limit],
      overriddenUntil: endOfOverride(policy, kind, limit, nowMs),
      ...{ used, reserved, credited: totals.credit?.[of] ?? 0 },
      remaining: most === null ? null : Math.max(0, most - used - reserved),
      resetsAt: resetsAtOf(calendar, period),
    };
  });
  // The budget's own limits are left out of these by the schema of the answer.
  return { kind, budget: shown, calls: inForce };
}

const endOfOverride = ({ overrides }: Policy, kind: IdentityKind, limit: BudgetLimit, nowMs: number): string | null =>
  overrides.find((each) => each.kind === kind && each.limit === limit && Date.parse(each.until) > nowMs)?.until ?? null;
