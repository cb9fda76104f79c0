import { describe, expect, it } from 'vitest';
import { newBudget } from './budget.ts';
import { budgetUseOf } from './budget-use.ts';

const amount = (tokens: number, micros = 0, seconds = 0) => ({ tokens, micros, seconds });
const unbound = amount(Infinity, Infinity, Infinity);
const held = { settled: amount(20, 500), reserved: amount(30, 100) };

describe('how much of a budget is used', () => {
  it('is the settled and reserved share of the nearest cap', () => {
    const budget = { ...newBudget, days: { today: held } };
    expect(budgetUseOf(budget, { day: amount(100, 1_000, Infinity), month: unbound }, 'today')).toEqual({ day: 0.6 });
    expect(budgetUseOf(budget, { day: amount(100, Infinity, Infinity), month: amount(10) }, 'other')).toEqual({
      day: 0,
      month: 1,
    });
  });
  it('is left out where there is no cap, and is 1 where the cap is zero', () => {
    expect(budgetUseOf(newBudget, { day: unbound, month: unbound }, 'today')).toEqual({});
    expect(budgetUseOf(newBudget, { day: amount(0), month: unbound }, 'today')).toEqual({ day: 1 });
  });
});
