import {
  anonymous,
  type Denial,
  type Fact,
  type Identity,
  isEndNear,
  limitsAt,
  type Policy,
  type SessionRequested,
  tenantClassOf,
} from '@vox/contracts';
import { budgetUse } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { type Hold, hold, type Refusal, type ResolvedWish, resolve } from '../decide/admit.ts';
import { nothing } from '../decide/amount.ts';
import { openingOf } from '../decide/believable.ts';
import type { PendingReservation } from '../decide/budget.ts';
import { budgetUseOf } from '../decide/budget-use.ts';
import { calendarOf } from '../decide/calendar.ts';
import { capsOf } from '../decide/caps.ts';
import { offerOf, type Price, type PriceList } from '../decide/price.ts';
import type { RequestRecord } from '../decide/record.ts';
import { type BudgetCounters, budgetKey } from '../keep/budgets.ts';
import type { Policies } from '../keep/policies.ts';
import type { WarnOfModelEnd } from '../publish/warn-of-model-end.ts';

/** After a call's longest time its end can still be on the way for so long, before the sweep settles it. */
const leaseMs = 10 * 60_000;

export type ProposeDependencies = Readonly<{
  budgets: Pick<BudgetCounters, 'update'>;
  policies: Policies;
  prices: readonly PriceList[];
  warnOfModelEnd: WarnOfModelEnd;
  clock: Clock;
}>;

/** Holds what a request may need, and proposes to admit it; or proposes a denial and holds nothing. */
export async function proposeDecision(
  dependencies: ProposeDependencies,
  request: Fact<typeof SessionRequested>['data'],
): Promise<RequestRecord> {
  const { policies, prices, warnOfModelEnd, clock } = dependencies;
  const { tenantId, sessionId, deadlineAt } = request;
  // Budgets count kinds and keys: no person stands in any document, and so in no page or backup of a store.
  const identity = anonymous(request.identity);
  const nowMs = clock.now().getTime();
  const denied = (denial: Denial): RequestRecord => ({
    kind: 'denied',
    tenantId,
    identity,
    denial,
    decidedAtMs: nowMs,
  });
  if (nowMs > Date.parse(deadlineAt)) return denied({ reason: 'expired' });
  const policy = policies.get(tenantId);
  const wish = resolve(policy, request, nowMs);
  if ('denial' in wish || policy === undefined)
    return denied('denial' in wish ? wish.denial : { reason: 'unavailable' });
  const offer = offerOf(prices, wish.model, nowMs);
  if (offer.kind !== 'offered')
    return denied({ reason: offer.kind === 'ended' ? 'model-ended' : 'model-without-price' });
  const { price, endsAtMs } = offer;
  if (endsAtMs !== undefined && isEndNear(endsAtMs, nowMs)) await warnOfModelEnd(tenantId, wish.model, endsAtMs);
  const { key, held } = await holdBudget(dependencies, policy, { tenantId, sessionId, identity, price, nowMs });
  if ('denial' in held) return denied(held.denial);
  return admitted({ tenantId, identity, price, wish, policy, budgetKey: key, nowMs }, held.reservation);
}

type HoldWish = Readonly<{ tenantId: string; sessionId: string; identity: Identity; price: Price; nowMs: number }>;

async function holdBudget(
  { budgets }: Pick<ProposeDependencies, 'budgets'>,
  policy: Policy,
  wish: HoldWish,
): Promise<Readonly<{ key: string; held: Hold | Refusal }>> {
  const limits = limitsAt(policy, wish.identity.kind, wish.nowMs);
  const calendar = calendarOf(policy.timeZone, wish.nowMs);
  const key = budgetKey(wish.tenantId, wish.identity.kind, calendar.month);
  const request = { ...wish, caps: capsOf(limits), wantedSeconds: limits.sessionSeconds, calendar, leaseMs };
  const { held, use } = await budgets.update(key, (budget) => {
    const answer = hold(budget, request);
    const counter = 'denial' in answer ? budget : answer.budget;
    return { result: { held: answer, use: budgetUseOf(counter, request.caps, calendar.day) }, counter };
  });
  for (const [period, share] of Object.entries(use))
    budgetUse.record(share, { period, tenant_class: tenantClassOf(policy) });
  return { key, held };
}

type Admission = Readonly<{
  tenantId: string;
  identity: Identity;
  price: Price;
  wish: ResolvedWish;
  policy: Policy;
  budgetKey: string;
  nowMs: number;
}>;

function admitted(
  { tenantId, identity, price, wish, policy, budgetKey, nowMs }: Admission,
  { identity: _owner, atMs: _since, ...reservation }: PendingReservation,
): RequestRecord {
  const agent = policy.agents.find((each) => each.agentId === wish.agentId);
  // What is held can be more than a call may last: a provider charges for a least time.
  const mostSeconds = limitsAt(policy, identity.kind, nowMs).sessionSeconds;
  return {
    kind: 'admitted',
    tenantId,
    identity,
    ...wish,
    maxSeconds: Math.min(reservation.amount.seconds, mostSeconds),
    budgetKey,
    reserved: reservation.amount,
    reservation,
    price,
    openingTokens: agent && openingOf(agent),
    responseIds: [],
    reported: nothing,
    connectedSeconds: 0,
    decidedAtMs: nowMs,
  };
}
