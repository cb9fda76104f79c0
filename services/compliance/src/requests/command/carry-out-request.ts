import { changeSignals } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Log } from '@vox/platform/telemetry';
import { type HoldDependencies, holding } from '../../holds/mod.ts';
import {
  claim,
  isDone,
  nextStep,
  type PrivacyRequest,
  planned,
  postponed,
  stepped,
} from '../decide/privacy-request.ts';
import type { NextStep } from '../decide/steps.ts';
import { publishBlocked } from '../publish/facts.ts';
import { type ErasePerson, erasure } from './erase-person.ts';
import { type ExportPerson, exporting } from './export-person.ts';
import type { Step } from './step.ts';
import { updateRequest } from './update-request.ts';
import { type WarnOfDeadline, warnOfDeadline } from './warn-of-deadline.ts';

export type CarryOutRequest = ErasePerson &
  ExportPerson &
  WarnOfDeadline &
  HoldDependencies &
  Readonly<{ bus: Pick<Bus, 'signal'>; uuid: () => string; log: Log }>;

/**
 * Carries out what a person asked for, as far as it goes now: step by step, each stored before the next. Several copies
 * may do it at once: one has the lease. Whoever is killed on the way is followed by one that goes on.
 */
export async function carryOutRequest(dependencies: CarryOutRequest, request: PrivacyRequest): Promise<void> {
  const { privacyRequests, log } = dependencies;
  await work(dependencies, request).catch(async (error: unknown) => {
    log.warn({ error, tenant: request.tenantId, request: request.requestId }, 'a privacy request will be tried again');
    await updateRequest(privacyRequests, request, (now) =>
      isDone(now) ? undefined : postponed(now, now.holdId, nowMs(dependencies)),
    ).catch(() => undefined);
  });
}

const nowMs = ({ clock }: Pick<CarryOutRequest, 'clock'>): number => clock.now().getTime();
const stepOf = (next: NextStep): Step<CarryOutRequest> =>
  next.kind === 'erase' ? erasure[next.name] : exporting[next.name];

async function work(dependencies: CarryOutRequest, request: PrivacyRequest): Promise<void> {
  const { privacyRequests } = dependencies;
  await warnOfDeadline(dependencies, request);
  const by = dependencies.uuid();
  let current = await updateRequest(privacyRequests, request, (now) => {
    const claimed = claim(now, by, nowMs(dependencies));
    return claimed === 'busy' ? undefined : claimed;
  });
  while (current !== undefined && !isDone(current)) {
    const next = nextStep(current);
    if (next === undefined) return;
    const holdId = await blockedBy(dependencies, current);
    if (holdId !== undefined) return block(dependencies, current, holdId);
    current = await withPlan(dependencies, current, by, next);
    if (current === undefined) return;
    const done = await stepOf(next).run(dependencies, current);
    current = await updateRequest(privacyRequests, current, (now) =>
      stepped(now, by, { step: next.name, ...done }, nowMs(dependencies)),
    );
    if (current !== undefined && !isDone(current)) tellOfStep(dependencies, current);
  }
}

/** No fact tells of a step. Of the last one the fact does that says that the request is done. */
const tellOfStep = ({ bus }: CarryOutRequest, { tenantId, requestId: id }: PrivacyRequest): void =>
  bus.signal(changeSignals.compliance, { tenantId }, { resource: 'privacy-requests', id, change: 'changed' });

/**
 * Counts what a step will take away, unless that was done before: a copy that was killed in the step has taken some of
 * it already.
 */
async function withPlan(dependencies: CarryOutRequest, request: PrivacyRequest, by: string, next: NextStep) {
  const { plan } = stepOf(next);
  const step = next.name;
  if (plan === undefined || request.planned?.step === step) return request;
  const count = await plan(dependencies, request);
  return updateRequest(dependencies.privacyRequests, request, (now) =>
    planned(now, by, { step, count }, nowMs(dependencies)),
  );
}

/** A hold stops an erasure before its next step, once it is known whom it is about. An export takes nothing away. */
async function blockedBy(
  dependencies: CarryOutRequest,
  { tenantId, kind, subjectIds, sessionIds }: PrivacyRequest,
): Promise<string | undefined> {
  if (kind !== 'erase') return undefined;
  const isHeld = await holding(dependencies, tenantId);
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

async function block(dependencies: CarryOutRequest, request: PrivacyRequest, holdId: string): Promise<void> {
  const { bus, privacyRequests, clock } = dependencies;
  await publishBlocked(bus, request, holdId, clock.now());
  await updateRequest(privacyRequests, request, (now) => postponed(now, holdId, nowMs(dependencies)));
}
