import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { BudgetLimit, LimitOverride } from '../tenants/limit-override.ts';
import { KindLimits } from '../tenants/policy.ts';
import { acting, Reason, RequestId } from '../values/acting.ts';
import { identityKinds, TenantId } from '../values/ids.ts';
import { Amount } from './usage.ts';

const count = z.number().int().nonnegative();
const kind = z.enum(identityKinds);

/** One limit of a budget, in its own unit: tokens, micro-dollars or seconds of call. */
export const ShownLimit = z.object({
  limit: BudgetLimit,
  inForce: count.nullable().describe('null when only the other limits bind'),
  ofPolicy: count.nullable().describe('what binds without an override'),
  overriddenUntil: z.iso.datetime().nullable(),
  used: count.describe('booked in the period, and counted against the limit'),
  credited: count.describe('booked in the period, and counted no longer since a reset'),
  reserved: count.describe('held for calls that are not settled yet'),
  remaining: count.nullable(),
  resetsAt: z.iso.datetime().describe('when the period ends'),
});

/** What limits the calls of a kind of identity besides its budgets, as the policy says. */
const CallLimits = KindLimits.omit({
  tokensPerDay: true,
  tokensPerMonth: true,
  microsPerDay: true,
  microsPerMonth: true,
  secondsPerDay: true,
  secondsPerMonth: true,
});

export const ShowLimits = question(
  'quota',
  'limits-show',
  'What remains of a tenant’s limits, for each kind of identity, period and measure.',
  z.strictObject({ tenantId: TenantId }),
  z.object({
    day: z.iso.date().describe('the tenant’s own calendar day'),
    kinds: z.array(z.object({ kind, budget: z.array(ShownLimit), calls: CallLimits })),
  }),
  { action: 'limits.read' },
);
export type ShownLimits = z.infer<(typeof ShowLimits)['reply']>;

export const OverrideLimit = question(
  'auth',
  'limit-override',
  'Raises or lowers a limit of a budget until a moment, within the platform’s ceiling; or ends such an override before its time.',
  z.strictObject({
    tenantId: TenantId,
    kind,
    limit: BudgetLimit,
    value: count.nullable().describe('null ends the override'),
    until: z.iso.datetime().optional().describe('at most 31 days ahead; needed with a value'),
    ...acting,
    reason: Reason,
  }),
  z.object({ version: z.number().int(), overrides: z.array(LimitOverride).describe('those in force') }),
  { action: 'limits.override' },
);

export const ResetUsage = question(
  'quota',
  'usage-reset',
  'What a tenant has used today counts as zero from now on, in its day and in its month. It stays booked. The same request resets once.',
  z.strictObject({ tenantId: TenantId, kind, ...acting, reason: Reason, requestId: RequestId }),
  z.object({ day: z.iso.date(), credited: Amount.describe('what counts no longer') }),
  { action: 'limits.reset' },
);
