import type { Amount, Period } from '@vox/contracts';
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
 * I1: settled and reserved amounts stay within the caps and equal the sums of their parts. `changedAtMs` is the time of
 * the last change of a tenant's policy.
 */
export async function* budgetsOff(ledger: Ledger, changedAtMs: ReadonlyMap<string, number>): AsyncGenerator<Finding> {
  const held = new Map<string, Amount>();
  const add = (key: string, amount: Amount): void => void held.set(key, plus(held.get(key) ?? nothing, amount));
  for await (const { budgetKey, day, amount } of ledger.quota.holds()) {
    add(budgetKey, amount);
    add(`${budgetKey} ${day}`, amount);
  }
  for await (const budget of ledger.quota.budgets()) {
    yield* capsOff(ledger, budget, changedAtMs.get(budget.tenantId) ?? 0);
    for (const { period, name, reserved } of budget.periods) {
      const made = held.get(period === 'month' ? budget.key : `${budget.key} ${name}`) ?? nothing;
      if (differ(reserved, made))
        yield finding(`I1: ${budget.key} reserves ${shown(reserved)} in ${name}, its calls hold ${shown(made)}`);
    }
    const settledIn = (of: Period): Amount =>
      budget.periods.filter(({ period }) => period === of).reduce((sum, { settled }) => plus(sum, settled), nothing);
    if (differ(settledIn('month'), settledIn('day')))
      yield finding(`I1: ${budget.key} settled ${shown(settledIn('month'))}, its days ${shown(settledIn('day'))}`);
  }
}

function* capsOff({ policies }: Ledger, { key, tenantId, kind, periods }: BudgetRow, changedAtMs: number) {
  const limits = policies.get(tenantId)?.limits[kind];
  const caps: Record<Period, readonly (number | null | undefined)[]> = {
    day: [limits?.tokensPerDay, limits?.microsPerDay, limits?.secondsPerDay],
    month: [limits?.tokensPerMonth, limits?.microsPerMonth, limits?.secondsPerMonth],
  };
  for (const { period, name, settled, reserved } of periods)
    for (const [index, of] of measures.entries()) {
      const cap = caps[period][index];
      const holds = settled[of] + reserved[of];
      if (cap === null || cap === undefined || holds <= cap) continue;
      const text = `I1: ${key} holds ${holds} ${of} in ${name} and may hold ${cap}`;
      // An amount that was held under a higher cap may still be booked after the cap was lowered.
      yield changedAtMs > Date.parse(name) ? note(`${text} since its policy changed`) : finding(text);
    }
}
