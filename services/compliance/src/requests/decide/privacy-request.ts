import type { Evidence, IdentifierMatch, Law, PrivacyRequestKind, PrivacyRequestState } from '@vox/contracts';
import { nextLookMs } from './deadline.ts';
import { type NextStep, stepAfter, stepsOf } from './steps.ts';

/** One person's request, from its receipt to its proof. */
export type PrivacyRequest = Readonly<{
  tenantId: string;
  requestId: string;
  kind: PrivacyRequestKind;
  law: Law;
  actor: string;
  reason: string;
  receivedAtMs: number;
  dueAtMs: number;
  /** Who it is, sealed under the tenant's key: needed until the last step, and gone with it. */
  sealedWhose: string | null;
  /** Whom each identifier led to, once that was looked for. */
  matches: readonly IdentifierMatch[] | null;
  subjectIds: readonly string[];
  sessionIds: readonly string[];
  /** Members of the tenant whom it is about. */
  memberIds: readonly string[];
  /** Calls that went on, or whose words were still coming in, while an export gathered them: it holds a part. */
  openSessionIds: readonly string[];
  evidence: readonly Evidence[];
  /** How much the next step will take away. Stored before it does: counted once, whoever does it and however often. */
  planned: Readonly<{ step: string; count: number }> | null;
  holdId: string | null;
  receipt: string | null;
  /** Which deadline facts are published. */
  told: Readonly<{ dueSoon: boolean; overdue: boolean }>;
  /** Who works on it, and until when nobody else may. */
  lease: Readonly<{ by: string; untilMs: number }> | null;
  /** When to look at it next. */
  nextMs: number;
}>;

/** A request of which nothing is done yet. */
export const newRequest = (
  opened: Pick<
    PrivacyRequest,
    | 'tenantId'
    | 'requestId'
    | 'kind'
    | 'law'
    | 'actor'
    | 'reason'
    | 'receivedAtMs'
    | 'dueAtMs'
    | 'sealedWhose'
    | 'nextMs'
  >,
): PrivacyRequest => ({
  ...opened,
  matches: null,
  subjectIds: [],
  sessionIds: [],
  memberIds: [],
  openSessionIds: [],
  evidence: [],
  planned: null,
  holdId: null,
  receipt: null,
  told: { dueSoon: false, overdue: false },
  lease: null,
});

/** Nobody is known by what a request names, and no stream knows of a call of such a person. */
export const foundNobody = ({
  subjectIds,
  sessionIds,
  memberIds,
}: Pick<PrivacyRequest, 'subjectIds' | 'sessionIds' | 'memberIds'>): boolean =>
  subjectIds.length === 0 && sessionIds.length === 0 && memberIds.length === 0;
/** Nobody was found: nothing is left to do, and nothing was done that a receipt could say. */
const endedWithNobody = (request: PrivacyRequest): boolean => request.evidence.length === 1 && foundNobody(request);
export const isDone = (request: PrivacyRequest): boolean =>
  request.evidence.length === stepsOf[request.kind].length || endedWithNobody(request);
export const nextStep = ({ kind, evidence }: PrivacyRequest): NextStep | undefined => stepAfter(kind, evidence.length);

export function stateOf(request: PrivacyRequest): PrivacyRequestState {
  if (endedWithNobody(request)) return 'nobody-found';
  if (isDone(request)) return 'done';
  return request.holdId === null ? 'working' : 'blocked';
}

export const leaseMs = 60_000;
/** A hold is looked for again after so long. */
export const blockedMs = 60_000;

/** The request as taken by one copy; `busy` while another copy works on it. */
export function claim(request: PrivacyRequest, by: string, nowMs: number): PrivacyRequest | 'busy' {
  const { lease } = request;
  if (isDone(request)) return 'busy';
  if (lease !== null && lease.by !== by && lease.untilMs > nowMs) return 'busy';
  return { ...request, lease: { by, untilMs: nowMs + leaseMs }, nextMs: nowMs + leaseMs };
}

/** The request with the plan of its next step. A step that is not the next one, or another copy's, changes nothing. */
export const planned = (
  request: PrivacyRequest,
  by: string,
  plan: NonNullable<PrivacyRequest['planned']>,
  nowMs: number,
): PrivacyRequest | undefined =>
  request.lease?.by === by && nextStep(request)?.name === plan.step
    ? { ...request, planned: plan, lease: { by, untilMs: nowMs + leaseMs } }
    : undefined;

/** What a step did. */
export type StepResult = Readonly<{
  step: string;
  count: number;
  /** What the step found out. */
  learnt?: Partial<
    Pick<
      PrivacyRequest,
      'sealedWhose' | 'matches' | 'subjectIds' | 'sessionIds' | 'memberIds' | 'openSessionIds' | 'receipt'
    >
  >;
}>;

/** The request one step further. A step that is not the next one, or another copy's, changes nothing. */
export function stepped(
  request: PrivacyRequest | undefined,
  by: string,
  { step, count, learnt = {} }: StepResult,
  nowMs: number,
): PrivacyRequest | undefined {
  if (request?.lease?.by !== by || nextStep(request)?.name !== step) return undefined;
  const evidence = [...request.evidence, { step, at: new Date(nowMs).toISOString(), count }];
  const next = {
    ...request,
    ...learnt,
    evidence,
    planned: null,
    holdId: null,
    lease: { by, untilMs: nowMs + leaseMs },
  };
  return isDone(next) ? { ...next, sealedWhose: null, lease: null } : next;
}

/** The request left for later: a hold blocks it, or a step failed. */
export const postponed = (request: PrivacyRequest, holdId: string | null, nowMs: number): PrivacyRequest => ({
  ...request,
  holdId,
  lease: null,
  nextMs: nowMs + (holdId === null ? 5_000 : blockedMs),
});

/** When a sweep must look at it: to go on, or to say that it is late. A request that is done is left alone. */
export function dueAtMs(request: PrivacyRequest): number | undefined {
  if (isDone(request)) return undefined;
  const look = request.told.dueSoon ? request.dueAtMs : nextLookMs(request.dueAtMs, 0);
  return Math.min(request.nextMs, request.told.overdue ? request.nextMs : (look ?? request.nextMs));
}
