import { type Amount, limitsAt, type Period, usageKeptDays } from '@vox/contracts';
import type { BudgetRow } from '@vox/quota/ledger';
import { type Finding, finding, type Ledger, note } from './ledger.ts';

const measures = ['tokens', 'micros', 'seconds'] as const;
const nothing: Amount = { tokens: 0, micros: 0, seconds: 0 };
const plus = (a: Amount, b: Amount): Amount => ({
  tokens: a.tokens + b.tokens,
  micros: a.micros + b.micros,
  seconds: a.seconds + b.seconds,
});
const differ = (one: Amount, other: Amount): boolean => measures.some((of) => one[of] !== other[of]);
const shown = (amount: Amount): string => measures.map((of) => `${amount[of]} ${of}`).join(', ');

/**
 * I1: what is settled and counts, and what is reserved, stay within the caps and equal the sums of their parts. I4: all
 * that is settled is counted as usage, once. `changedAtMs` is the time of the last change of a tenant's limits.
 */
export async function* budgetsOff(ledger: Ledger, changedAtMs: ReadonlyMap<string, number>): AsyncGenerator<Finding> {
  const held = new Map<string, Amount>();
  const add = (key: string, amount: Amount): void => void held.set(key, plus(held.get(key) ?? nothing, amount));
  for await (const { budgetKey, day, amount } of ledger.quota.holds()) {
    add(budgetKey, amount);
    add(`${budgetKey} ${day}`, amount);
  }
  const used = await usageOf(ledger);
  for await (const budget of ledger.quota.budgets()) {
    yield* capsOff(ledger, budget, changedAtMs.get(budget.tenantId) ?? 0);
    for (const { period, name, reserved } of budget.periods) {
      const made = held.get(period === 'month' ? budget.key : `${budget.key} ${name}`) ?? nothing;
      if (differ(reserved, made))
        yield finding(`I1: ${budget.key} reserves ${shown(reserved)} in ${name}, its calls hold ${shown(made)}`);
    }
    const sumIn = (of: Period, amountOf: (totals: Totals) => Amount): Amount =>
      budget.periods.filter(({ period }) => period === of).reduce((sum, each) => plus(sum, amountOf(each)), nothing);
    const settledIn = (of: Period): Amount => sumIn(of, ({ settled }) => settled);
    const creditIn = (of: Period): Amount => sumIn(of, ({ credit = nothing }) => credit);
    if (differ(settledIn('month'), settledIn('day')))
      yield finding(`I1: ${budget.key} settled ${shown(settledIn('month'))}, its days ${shown(settledIn('day'))}`);
    if (differ(creditIn('month'), creditIn('day')))
      yield finding(`I1: ${budget.key} is credited ${shown(creditIn('month'))}, its days ${shown(creditIn('day'))}`);
    yield* usageOff(ledger, budget, used);
  }
}

type Totals = BudgetRow['periods'][number];

/** What is counted as usage, by the key of its budget and the day. */
async function usageOf({ quota }: Ledger): Promise<ReadonlyMap<string, Amount>> {
  const used = new Map<string, Amount>();
  for await (const { budgetKey, day, amount } of quota.usage())
    used.set(`${budgetKey} ${day}`, plus(used.get(`${budgetKey} ${day}`) ?? nothing, amount));
  return used;
}

const dayMs = 86_400_000;

/** Usage is forgotten before its budget is. */
function* usageOff({ nowMs }: Ledger, { key, periods, isUsageKept }: BudgetRow, used: ReadonlyMap<string, Amount>) {
  if (!isUsageKept) return;
  for (const { period, name, settled } of periods) {
    if (period === 'month' || Date.parse(name) < nowMs - usageKeptDays * dayMs) continue;
    const counted = used.get(`${key} ${name}`) ?? nothing;
    if (differ(settled, counted))
      yield finding(`I4: ${key} settled ${shown(settled)} in ${name}, its usage counts ${shown(counted)}`);
  }
}

function* capsOff({ policies, nowMs }: Ledger, { key, tenantId, kind, periods }: BudgetRow, changedAtMs: number) {
  const policy = policies.get(tenantId);
  const limits = policy && limitsAt(policy, kind, nowMs);
  const caps: Record<Period, readonly (number | null | undefined)[]> = {
    day: [limits?.tokensPerDay, limits?.microsPerDay, limits?.secondsPerDay],
    month: [limits?.tokensPerMonth, limits?.microsPerMonth, limits?.secondsPerMonth],
  };
  for (const { period, name, settled, reserved, credit = nothing } of periods)
    for (const [index, of] of measures.entries()) {
      const cap = caps[period][index];
      if (credit[of] > settled[of])
        yield finding(`I1: ${key} is credited ${credit[of]} ${of} in ${name} and settled ${settled[of]}`);
      const holds = settled[of] - credit[of] + reserved[of];
      if (cap === null || cap === undefined || holds <= cap) continue;
      const text = `I1: ${key} holds ${holds} ${of} in ${name} and may hold ${cap}`;
      // An amount that was held under a higher cap may still be booked after the cap was lowered.
      yield changedAtMs > Date.parse(name) ? note(`${text} since its limits changed`) : finding(text);
    }
}
