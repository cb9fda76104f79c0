import { z } from 'zod';
import { identityKinds } from '../values/ids.ts';

/** The limits of budgets. Each stands in KindLimits under its name. */
export const budgetLimits = [
  'tokensPerDay',
  'tokensPerMonth',
  'microsPerDay',
  'microsPerMonth',
  'secondsPerDay',
  'secondsPerMonth',
] as const;
export const BudgetLimit = z
  .enum(budgetLimits)
  .describe('tokens, micro-dollars or seconds of call, in the tenant’s day or month');
export type BudgetLimit = z.infer<typeof BudgetLimit>;

/** No override lasts longer. Whoever wants more changes the policy. */
export const overrideDaysMax = 31;

/** What a limit of one kind of identity is until a moment, whatever the policy says. From then on the policy binds. */
export const LimitOverride = z.object({
  kind: z.enum(identityKinds),
  limit: BudgetLimit,
  value: z.number().int().nonnegative().describe('at most the platform’s ceiling'),
  until: z.iso.datetime().describe('from then on the policy binds again'),
});
export type LimitOverride = z.infer<typeof LimitOverride>;
