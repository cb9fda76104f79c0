import { makeFact, PrivacyRequestBlocked, PrivacyRequestDueSoon, PrivacyRequestOverdue } from '@vox/contracts';
import type { Dependencies } from '../../dependencies.ts';
import { holding } from '../../holds/mod.ts';
import { lateness } from '../decide/deadline.ts';
import { claim, isDone, nextStep, type PrivacyRequest, planned, putOff, stepped } from '../decide/privacy-request.ts';
import { requestKey } from '../keep/privacy-requests.ts';
import { eraseCounting, eraseStep } from './erase-person.ts';
import { exportCounting, exportStep } from './export-person.ts';

const batch = 20;

/** Carries out what persons asked for. Several copies may run it at once, and whoever is killed on the way is followed by one that goes on. */
export async function workOnRequests(needs: Dependencies): Promise<void> {
  for (const { state } of await needs.privacyRequests.due(needs.clock.now().getTime(), batch))
    await attend(needs, state).catch(async (error: unknown) => {
      // One that cannot go on now must not keep the others waiting.
      needs.log.warn(
        { error, tenant: state.tenantId, request: state.requestId },
        'a privacy request will be tried again',
      );
      await change(needs, state, (now) => (isDone(now) ? undefined : putOff(now, now.holdId, nowMs(needs)))).catch(
        () => undefined,
      );
    });
}

const nowMs = ({ clock }: Pick<Dependencies, 'clock'>): number => clock.now().getTime();

async function attend(needs: Dependencies, request: PrivacyRequest): Promise<void> {
  await tellLate(needs, request);
  const by = needs.uuid();
  let current = await change(needs, request, (now) => {
    const claimed = claim(now, by, nowMs(needs));
    return claimed === 'busy' ? undefined : claimed;
  });
  while (current !== undefined && !isDone(current)) {
    const step = nextStep(current);
    if (step === undefined) return;
    const holdId = await blockedBy(needs, current);
    if (holdId !== undefined) return block(needs, current, holdId);
    current = await withPlan(needs, current, by, step);
    if (current === undefined) return;
    const done = await (current.kind === 'erase' ? eraseStep : exportStep)(step)(needs, current);
    current = await change(needs, current, (now) => stepped(now, by, { step, ...done }, nowMs(needs)));
  }
}

/** Counts what a step will take away, unless that was done before: a copy that was killed in the step has taken some of it already. */
async function withPlan(needs: Dependencies, request: PrivacyRequest, by: string, step: string) {
  const counting = (request.kind === 'erase' ? eraseCounting : exportCounting)(step);
  if (counting === undefined || request.planned?.step === step) return request;
  const count = await counting(needs, request);
  return change(needs, request, (now) => planned(now, by, { step, count }, nowMs(needs)));
}

/** A hold stops an erasure before whatever step is next, once it is known whom it is about; an export takes nothing away. */
async function blockedBy(needs: Dependencies, { tenantId, kind, subjectIds, sessionIds }: PrivacyRequest) {
  if (kind !== 'erase') return undefined;
  const isHeld = await holding(needs, tenantId);
  for (const item of [
    {},
    ...subjectIds.map((subjectId) => ({ subjectId })),
    ...sessionIds.map((sessionId) => ({ sessionId })),
  ]) {
    const hold = await isHeld(item);
    if (hold !== undefined) return hold.holdId;
  }
  return undefined;
}

async function block(needs: Dependencies, request: PrivacyRequest, holdId: string): Promise<void> {
  const { tenantId, requestId, kind } = request;
  const head = { id: `request-blocked:${requestId}:${holdId}`, source: 'compliance', at: needs.clock.now() };
  await needs.bus.publish(
    PrivacyRequestBlocked,
    makeFact(PrivacyRequestBlocked, head, { tenantId, privacyRequestId: requestId, kind, holdId }),
  );
  await change(needs, request, (now) => putOff(now, holdId, nowMs(needs)));
}

/** Says once that a deadline is near, and once that it is past. */
async function tellLate(needs: Dependencies, request: PrivacyRequest): Promise<void> {
  const { tenantId, requestId, kind, dueAtMs, told } = request;
  const late = lateness(dueAtMs, nowMs(needs));
  const data = { tenantId, privacyRequestId: requestId, kind, dueAt: new Date(dueAtMs).toISOString() };
  const head = (what: string) => ({ id: `request-${what}:${requestId}`, source: 'compliance', at: needs.clock.now() });
  if (late !== 'in time' && !told.dueSoon)
    await needs.bus.publish(PrivacyRequestDueSoon, makeFact(PrivacyRequestDueSoon, head('due-soon'), data));
  if (late === 'overdue' && !told.overdue)
    await needs.bus.publish(PrivacyRequestOverdue, makeFact(PrivacyRequestOverdue, head('overdue'), data));
  if (late === 'in time' || (told.dueSoon && (late === 'due soon' || told.overdue))) return;
  await change(needs, request, (now) => ({
    ...now,
    told: { dueSoon: true, overdue: now.told.overdue || late === 'overdue' },
  }));
}

function change(
  { privacyRequests }: Pick<Dependencies, 'privacyRequests'>,
  { tenantId, requestId }: Pick<PrivacyRequest, 'tenantId' | 'requestId'>,
  next: (now: PrivacyRequest) => PrivacyRequest | undefined,
): Promise<PrivacyRequest | undefined> {
  return privacyRequests.update<PrivacyRequest | undefined>(requestKey(tenantId, requestId), (now) => {
    const state = now && next(now);
    return state === undefined ? { result: undefined } : { result: state, state };
  });
}
