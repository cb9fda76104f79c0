import {
  anonymous,
  type Denial,
  type Fact,
  type Policy,
  QuotaReserved,
  SessionAdmitted,
  SessionDecision,
  SessionDenied,
  type SessionRequested,
  tenantClassOf,
} from '@vox/contracts';
import type { Delivery, Outcome } from '@vox/platform/bus';
import { budgetUse, countDecision } from '@vox/platform/telemetry';
import { hold, resolve } from '../decide/admit.ts';
import { nothing } from '../decide/amount.ts';
import { openingOf } from '../decide/believable.ts';
import { capsOf } from '../decide/budget.ts';
import { calendarOf } from '../decide/calendar.ts';
import { offerOf } from '../decide/price.ts';
import type { RequestRecord } from '../decide/record.ts';
import { useOf } from '../decide/budget-use.ts';
import { budgetKey } from '../keep/budgets.ts';
import { admittedFact, deniedFact, reservedFact } from '../publish/facts.ts';
import { giveBack } from './release-pending.ts';
import type { Needs } from '../dependencies.ts';

type Requested = Fact<typeof SessionRequested>;

/** After a call's longest time its end may still be on the way for so long, before the sweep settles it. */
const leaseMs = 10 * 60_000;

/**
 * Reserves, then decides once, then publishes. The reservation knows its session and the decision stands under the request's id, so
 * a crash between any two steps changes nothing that was said; what is held without a decision is given back by the sweep.
 */
export const onSessionRequested =
  (needs: Needs) =>
  async (request: Requested, { replyTo, deliveries }: Delivery): Promise<Outcome> => {
    const { sessionId } = request.data;
    // On a first delivery there is hardly a decision yet; should there be one, deciding finds it.
    const decided = deliveries > 1 ? await needs.requests.read(sessionId) : undefined;
    const record = decided ?? (await decide(needs, request));
    const cause = { sessionId, at: needs.clock.now(), traceparent: request.traceparent };
    if (record.kind === 'denied') {
      await needs.bus.publish(SessionDenied, deniedFact(record, cause, request.data));
      if (replyTo !== undefined)
        await needs.bus.reply(replyTo, SessionDecision, { kind: 'denied', sessionId, denial: record.denial });
      return 'ack';
    }
    await Promise.all([
      needs.bus.publish(SessionAdmitted, admittedFact(record, cause, request.data), { replyTo }),
      needs.bus.publish(QuotaReserved, reservedFact(record, cause)),
    ]);
    return 'ack';
  };

async function decide(needs: Needs, request: Requested): Promise<RequestRecord> {
  const { sessionId } = request.data;
  const wanted = await propose(needs, request);
  const stands = await needs.requests.update<RequestRecord>(sessionId, (known) =>
    known ? { result: known } : { result: wanted, state: wanted },
  );
  if (stands === wanted) {
    const tenantClass = tenantClassOf(needs.policies.get(request.data.tenantId));
    countDecision('quota', stands.kind, tenantClass, stands.kind === 'denied' ? stands.denial.reason : undefined);
  }
  if (stands === wanted && wanted.kind === 'admitted')
    needs.budgets.confirm(wanted.budgetKey, sessionId, wanted.reservation.seq);
  // Another copy decided meanwhile: its word stands, and what we held for ours goes back.
  else if (wanted.kind === 'admitted') await giveBack(needs, wanted.budgetKey, sessionId);
  // Heard again too late, after a crash between holding and deciding: what was held goes back now, not when its lease ends.
  if (stands.kind === 'denied' && stands.denial.reason === 'expired')
    for (const key of keysHeldUnder(needs, request)) await giveBack(needs, key, sessionId);
  return stands;
}

/** Where a request may have been held: in the month of its hearing, or in the one before if that has just ended. */
function keysHeldUnder(needs: Needs, { data: { tenantId, identity, deadlineAt } }: Requested): Set<string> {
  const zone = needs.policies.get(tenantId)?.timeZone ?? 'UTC';
  const moments = [needs.clock.now().getTime(), Date.parse(deadlineAt)];
  return new Set(moments.map((atMs) => budgetKey(tenantId, identity.kind, calendarOf(zone, atMs).month)));
}

function openingFor({ agents }: Policy, agentId: string): number | undefined {
  const agent = agents.find((each) => each.agentId === agentId);
  return agent && openingOf(agent);
}

async function propose(needs: Needs, request: Requested): Promise<RequestRecord> {
  const { tenantId, sessionId, deadlineAt } = request.data;
  // Budgets count kinds and keys: who it is stands in no document, and so in no page or backup of a store.
  const identity = anonymous(request.data.identity);
  const nowMs = needs.clock.now().getTime();
  const denied = (denial: Denial): RequestRecord => ({
    kind: 'denied',
    tenantId,
    identity,
    denial,
    decidedAtMs: nowMs,
  });
  if (nowMs > Date.parse(deadlineAt)) return denied({ reason: 'expired' });
  const policy = needs.policies.get(tenantId);
  const wish = resolve(policy, request.data, nowMs);
  if ('denial' in wish || policy === undefined)
    return denied('denial' in wish ? wish.denial : { reason: 'unavailable' });
  const offer = offerOf(needs.prices, wish.model, nowMs);
  if (offer.kind !== 'offered')
    return denied({ reason: offer.kind === 'ended' ? 'model-ended' : 'model-without-price' });
  const { price } = offer;
  needs.warnOfEnd(tenantId, wish.model, offer.endsAtMs);
  const calendar = calendarOf(policy.timeZone, nowMs);
  const limits = policy.limits[identity.kind];
  const key = budgetKey(tenantId, identity.kind, calendar.month);
  const ask = {
    sessionId,
    identity,
    price,
    caps: capsOf(limits),
    wantedSeconds: limits.sessionSeconds,
    calendar,
    nowMs,
    leaseMs,
  };
  const { held, use } = await needs.budgets.update(key, (budget) => {
    const answer = hold(budget, ask);
    const counter = 'denial' in answer ? budget : answer.budget;
    return { result: { held: answer, use: useOf(counter, ask.caps, calendar.day) }, counter };
  });
  for (const [period, share] of Object.entries(use))
    budgetUse.record(share, { period, tenant_class: tenantClassOf(policy) });
  if ('denial' in held) return denied(held.denial);
  const { identity: _whose, atMs: _since, ...reservation } = held.reservation;
  return {
    kind: 'admitted',
    tenantId,
    identity,
    ...wish,
    maxSeconds: reservation.amount.seconds,
    budgetKey: key,
    reserved: reservation.amount,
    reservation,
    price,
    openingTokens: openingFor(policy, wish.agentId),
    responseIds: [],
    reported: nothing,
    connectedSeconds: 0,
    decidedAtMs: nowMs,
  };
}
