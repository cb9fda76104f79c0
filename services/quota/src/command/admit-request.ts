import { type Fact, type SessionRequested, tenantClassOf } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { countDecision } from '@vox/platform/telemetry';
import { calendarOf } from '../decide/calendar.ts';
import type { RequestRecord } from '../decide/record.ts';
import { type BudgetCounters, budgetKey } from '../keep/budgets.ts';
import type { Requests } from '../keep/requests.ts';
import { publishDecision } from '../publish/publish-decision.ts';
import { type ProposeDependencies, proposeDecision } from './propose-decision.ts';
import { type ReleaseDependencies, releasePending } from './release-pending.ts';

type Requested = Fact<typeof SessionRequested>;

export type AdmitDependencies = ProposeDependencies &
  ReleaseDependencies &
  Readonly<{
    bus: Pick<Bus, 'publish' | 'reply'>;
    budgets: Pick<BudgetCounters, 'confirm'>;
    requests: Pick<Requests, 'decideOnce'>;
  }>;

/**
 * Reserves, then decides once, then publishes. The reservation knows its session and the decision stands under the
 * request's id, so a crash between any two steps changes nothing that was published. The sweep releases what is held
 * without a decision. On a first delivery there is hardly a decision yet, so only a repeat reads it first.
 */
export async function admitRequest(
  dependencies: AdmitDependencies,
  request: Requested,
  { isRepeated, replyTo }: Readonly<{ isRepeated: boolean; replyTo: string | undefined }>,
): Promise<void> {
  const { bus, clock, requests } = dependencies;
  const { sessionId } = request.data;
  const { state: record, isNew } = await requests.decideOnce(sessionId, {
    isRepeated,
    propose: () => proposeDecision(dependencies, request.data),
    async release(lost, stored) {
      if (lost.kind === 'admitted') await releasePending(dependencies, lost.budgetKey, sessionId);
      await releaseIfExpired(dependencies, request, stored);
    },
  });
  if (isNew) await confirmDecision(dependencies, request, record);
  const cause = { sessionId, at: clock.now(), traceparent: request.traceparent };
  await publishDecision(bus, record, cause, request.data, replyTo);
}

/** Only the copy that wrote a decision counts it. */
async function confirmDecision(
  dependencies: AdmitDependencies,
  request: Requested,
  record: RequestRecord,
): Promise<void> {
  const tenantClass = tenantClassOf(dependencies.policies.get(record.tenantId));
  countDecision('quota', record.kind, tenantClass, record.kind === 'denied' ? record.denial.reason : undefined);
  if (record.kind === 'admitted')
    dependencies.budgets.confirm(record.budgetKey, request.data.sessionId, record.reservation.seq);
  await releaseIfExpired(dependencies, request, record);
}

/** A crash can leave a hold whose request comes again too late. It is released at once, not at the end of its lease. */
async function releaseIfExpired(
  dependencies: AdmitDependencies,
  request: Requested,
  record: RequestRecord,
): Promise<void> {
  if (record.kind !== 'denied' || record.denial.reason !== 'expired') return;
  for (const key of keysHeldUnder(dependencies, request))
    await releasePending(dependencies, key, request.data.sessionId);
}

/** The budgets that can hold a request: of this month, and of the one before if that has just ended. */
function keysHeldUnder(
  { policies, clock }: Pick<AdmitDependencies, 'policies' | 'clock'>,
  { data: { tenantId, identity, deadlineAt } }: Requested,
): Set<string> {
  const zone = policies.get(tenantId)?.timeZone ?? 'UTC';
  const moments = [clock.now().getTime(), Date.parse(deadlineAt)];
  return new Set(moments.map((atMs) => budgetKey(tenantId, identity.kind, calendarOf(zone, atMs).month)));
}
