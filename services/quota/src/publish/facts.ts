import {
  type Fact,
  type Identity,
  type IdentityKind,
  ModelEnding,
  makeFact,
  QuotaAdjusted,
  QuotaExceeded,
  QuotaReserved,
  QuotaSettled,
  QuotaThreshold,
  ReportDoubted,
  SessionAdmitted,
  SessionDenied,
  UsageReset,
} from '@vox/contracts';
import type { Reset, Settlement, Shortfall } from '../decide/budget.ts';
import type { Admitted, Denied, Doubted } from '../decide/record.ts';

/** What a fact takes from its cause: the session, the moment, and the trace that it belongs to. */
export type Cause = Readonly<{ sessionId: string; at: Date; traceparent?: string | undefined }>;

const head = (id: string, { at, traceparent }: Cause) => ({ id, source: 'quota', at, traceparent });

/** Only the request names who asked: quota keeps no person. */
export type Asker = Readonly<{ identity: Identity; addressMark?: string | undefined; deadlineAt: string }>;

export const admittedFact = (
  record: Admitted,
  cause: Cause,
  { identity, addressMark, deadlineAt }: Asker,
): Fact<typeof SessionAdmitted> =>
  makeFact(SessionAdmitted, head(`admitted:${cause.sessionId}`, cause), {
    tenantId: record.tenantId,
    sessionId: cause.sessionId,
    identity,
    agentId: record.agentId,
    model: record.model,
    voice: record.voice,
    mode: record.mode,
    addressMark,
    deadlineAt,
    maxSeconds: record.maxSeconds,
    reservedTokens: record.reserved.tokens,
    reservedMicros: record.reserved.micros,
  });

export const deniedFact = (record: Denied, cause: Cause, { identity }: Asker): Fact<typeof SessionDenied> =>
  makeFact(SessionDenied, head(`denied:${cause.sessionId}`, cause), {
    tenantId: record.tenantId,
    sessionId: cause.sessionId,
    identity,
    by: 'quota',
    denial: record.denial,
  });

const budgetOf = (record: Admitted, { sessionId }: Cause) => ({
  tenantId: record.tenantId,
  sessionId,
  identityKind: record.identity.kind,
  day: record.reservation.day,
});

export const reservedFact = (record: Admitted, cause: Cause): Fact<typeof QuotaReserved> =>
  makeFact(QuotaReserved, head(`reserved:${cause.sessionId}`, cause), {
    ...budgetOf(record, cause),
    reserved: record.reserved,
  });

export const settledFact = (
  record: Admitted,
  { settled, uncovered }: Settlement,
  cause: Cause,
): Fact<typeof QuotaSettled> =>
  makeFact(QuotaSettled, head(`settled:${cause.sessionId}`, cause), {
    ...budgetOf(record, cause),
    reserved: record.reservation.amount,
    settled,
    uncovered,
  });

/** The id names the totals, so that a repeat publishes the same fact. */
export const adjustedFact = (
  record: Admitted,
  { settled, uncovered }: Settlement,
  cause: Cause,
): Fact<typeof QuotaAdjusted> => {
  const { tokens, micros } = { tokens: settled.tokens + uncovered.tokens, micros: settled.micros + uncovered.micros };
  const id = `adjusted:${cause.sessionId}:${tokens}:${micros}`;
  return makeFact(QuotaAdjusted, head(id, cause), { ...budgetOf(record, cause), settled, uncovered });
};

export const thresholdFacts = (
  record: Admitted,
  { crossed }: Settlement,
  cause: Cause,
): Fact<typeof QuotaThreshold>[] =>
  crossed.map(({ period, measure, percent, limit, credited }) => {
    const { day } = record.reservation;
    const names = ['threshold', record.budgetKey, period === 'day' ? day : 'month', measure, percent, limit];
    const since = credited === undefined ? [] : [credited];
    return makeFact(QuotaThreshold, head([...names, ...since].join(':'), cause), {
      tenantId: record.tenantId,
      identityKind: record.identity.kind,
      day,
      period,
      measure,
      percent,
      limit,
    });
  });

/** The id names the session: a call is doubted once, and ends. */
export const doubtedFact = ({ tenantId }: Admitted, doubted: Doubted, cause: Cause): Fact<typeof ReportDoubted> =>
  makeFact(ReportDoubted, head(`doubted:${cause.sessionId}:${doubted.why}`, cause), {
    tenantId,
    sessionId: cause.sessionId,
    ...doubted,
  });

export const exceededFact = (
  record: Admitted,
  { period, measure }: Shortfall,
  resetsAt: string,
  cause: Cause,
): Fact<typeof QuotaExceeded> =>
  makeFact(QuotaExceeded, head(`exceeded:${cause.sessionId}`, cause), {
    ...budgetOf(record, cause),
    period,
    measure,
    resetsAt,
  });

/** The id names the model and its end: a tenant is told once of each, however many calls it makes. */
export function modelEndingFact(tenantId: string, model: string, endsAtMs: number, at: Date): Fact<typeof ModelEnding> {
  const endsAt = new Date(endsAtMs).toISOString();
  const id = `model-ending:${tenantId}:${model}:${endsAt}`;
  return makeFact(ModelEnding, { id, source: 'quota', at }, { tenantId, model, endsAt });
}

/** The id names the budget and the request, so that a repeat publishes the same fact. */
export const resetFact = (
  budget: Readonly<{ key: string; tenantId: string; identityKind: IdentityKind }>,
  { id, day, credited, atMs, by }: Reset,
): Fact<typeof UsageReset> =>
  makeFact(
    UsageReset,
    { id: `reset:${budget.key}:${id}`, source: 'quota', at: new Date(atMs) },
    { tenantId: budget.tenantId, identityKind: budget.identityKind, day, credited, ...by },
  );
