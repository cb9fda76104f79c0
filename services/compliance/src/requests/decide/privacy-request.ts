import {
  type Evidence,
  type IdentifierMatch,
  type Law,
  type PrivacyRequestKind,
  type PrivacyRequestState,
  stepServices,
} from '@vox/contracts';
import { nextLookMs } from './deadline.ts';

/**
 * The steps of each kind, in order. A crash between two repeats the second: each is safe to repeat. An erasure asks the services before it erases the
 * facts, so that what they still say of their own ends is erased too; the keys go last of all data, for until then they name whom to ask about.
 */
export const stepsOf: Readonly<Record<PrivacyRequestKind, readonly string[]>> = {
  export: ['find', ...stepServices, 'compliance', 'archive', 'clear'],
  erase: ['find', ...stepServices, 'compliance', 'streams', 'keys', 'certify'],
};

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
  /** Calls that an export found going on, or whose words were still coming in: it holds a part of them. */
  openSessionIds: readonly string[];
  evidence: readonly Evidence[];
  /** What the next step will take away, written down before it does: it is counted once, whoever does it and however often. */
  planned: Readonly<{ step: string; count: number }> | null;
  holdId: string | null;
  receipt: string | null;
  /** Which deadline facts are told. */
  told: Readonly<{ dueSoon: boolean; overdue: boolean }>;
  /** Who works on it, and until when nobody else may. */
  lease: Readonly<{ by: string; untilMs: number }> | null;
  /** When to look at it next. */
  nextMs: number;
}>;

/** Nobody is known by what a request names, and no stream knows of a call of such a person. */
export const foundNobody = ({ subjectIds, sessionIds }: Pick<PrivacyRequest, 'subjectIds' | 'sessionIds'>): boolean =>
  subjectIds.length === 0 && sessionIds.length === 0;
/** Looked for, and nobody was there: nothing is left to do, and nothing was done that a receipt could say. */
const endedWithNobody = (request: PrivacyRequest): boolean => request.evidence.length === 1 && foundNobody(request);
export const isDone = (request: PrivacyRequest): boolean =>
  request.evidence.length === stepsOf[request.kind].length || endedWithNobody(request);
export const nextStep = ({ kind, evidence }: PrivacyRequest): string | undefined => stepsOf[kind][evidence.length];
export function stateOf(request: PrivacyRequest): PrivacyRequestState {
  if (endedWithNobody(request)) return 'nobody-found';
  if (isDone(request)) return 'done';
  return request.holdId === null ? 'working' : 'blocked';
}

export const leaseMs = 60_000;
/** A hold is looked for again so often. */
export const blockedMs = 60_000;

/** The request as taken by one copy; `busy` while another is at it. */
export function claim(request: PrivacyRequest, by: string, nowMs: number): PrivacyRequest | 'busy' {
  const { lease } = request;
  if (isDone(request)) return 'busy';
  if (lease !== null && lease.by !== by && lease.untilMs > nowMs) return 'busy';
  return { ...request, lease: { by, untilMs: nowMs + leaseMs }, nextMs: nowMs + leaseMs };
}

/** The plan of a step, made before it takes anything away. A step that is not the next one, or another copy's, changes nothing. */
export const planned = (
  request: PrivacyRequest,
  by: string,
  plan: NonNullable<PrivacyRequest['planned']>,
  nowMs: number,
): PrivacyRequest | undefined =>
  request.lease?.by === by && nextStep(request) === plan.step
    ? { ...request, planned: plan, lease: { by, untilMs: nowMs + leaseMs } }
    : undefined;

export type Stepped = Readonly<{
  step: string;
  count: number;
  /** What the step found out. */
  learnt?: Partial<
    Pick<PrivacyRequest, 'sealedWhose' | 'matches' | 'subjectIds' | 'sessionIds' | 'openSessionIds' | 'receipt'>
  >;
}>;

/** One step further. A step that is not the next one, or another copy's, changes nothing. */
export function stepped(
  request: PrivacyRequest | undefined,
  by: string,
  { step, count, learnt = {} }: Stepped,
  nowMs: number,
): PrivacyRequest | undefined {
  if (request?.lease?.by !== by || nextStep(request) !== step) return undefined;
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

/** Left for later: blocked by a hold, or because a step failed. */
export const putOff = (request: PrivacyRequest, holdId: string | null, nowMs: number): PrivacyRequest => ({
  ...request,
  holdId,
  lease: null,
  nextMs: nowMs + (holdId === null ? 5_000 : blockedMs),
});

/** When a sweep must look at it: to go on, or to say that it is late. One that is done is left alone. */
export function dueAtMs(request: PrivacyRequest): number | undefined {
  if (isDone(request)) return undefined;
  const look = request.told.dueSoon ? request.dueAtMs : nextLookMs(request.dueAtMs, 0);
  return Math.min(request.nextMs, request.told.overdue ? request.nextMs : (look ?? request.nextMs));
}
