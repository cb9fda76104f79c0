import { describe, expect, it } from 'vitest';
import { newBudget } from './budget.ts';
import { useOf } from './budget-use.ts';

const amount = (tokens: number, micros = 0, seconds = 0) => ({ tokens, micros, seconds });
const unbound = amount(Infinity, Infinity, Infinity);
const held = { settled: amount(20, 500), reserved: amount(30, 100) };

describe('how much of a budget is used', () => {
  it('is the share of the cap that is nearest, of what is settled and reserved together', () => {
    const budget = { ...newBudget, days: { today: held } };
    expect(useOf(budget, { day: amount(100, 1_000, Infinity), month: unbound }, 'today')).toEqual({ day: 0.6 });
    expect(useOf(budget, { day: amount(100, Infinity, Infinity), month: amount(10) }, 'other')).toEqual({
      day: 0,
      month: 1,
    });
  });
  it('is nothing to speak of where no cap binds, and all of it where nothing is allowed', () => {
    expect(useOf(newBudget, { day: unbound, month: unbound }, 'today')).toEqual({});
    expect(useOf(newBudget, { day: amount(0), month: unbound }, 'today')).toEqual({ day: 1 });
  });
});
