import {
  type Fact,
  type Identity,
  makeFact,
  QuotaAdjusted,
  QuotaExceeded,
  QuotaReserved,
  QuotaSettled,
  QuotaThreshold,
  ReportDoubted,
  SessionAdmitted,
  SessionDenied,
} from '@vox/contracts';
import type { Settled, Short } from '../decide/budget.ts';
import type { Admitted, Denied, Doubted } from '../decide/record.ts';

/** What a fact takes from its cause: whose trace it belongs to, and when. */
export type Cause = Readonly<{ sessionId: string; at: Date; traceparent?: string | undefined }>;

const head = (id: string, { at, traceparent }: Cause) => ({ id, source: 'quota', at, traceparent });

/** Whoever asked stands in the request alone: quota keeps no person. */
type Asked = Readonly<{ identity: Identity; addressMark?: string | undefined; deadlineAt: string }>;

export const admittedFact = (
  record: Admitted,
  cause: Cause,
  { identity, addressMark, deadlineAt }: Asked,
): Fact<typeof SessionAdmitted> =>
  makeFact(SessionAdmitted, head(`admitted:${cause.sessionId}`, cause), {
    tenantId: record.tenantId,
    sessionId: cause.sessionId,
    identity,
    agentId: record.agentId,
    model: record.model,
    voice: record.voice,
    addressMark,
    deadlineAt,
    maxSeconds: record.maxSeconds,
    reservedTokens: record.reserved.tokens,
    reservedMicros: record.reserved.micros,
  });

export const deniedFact = (record: Denied, cause: Cause, { identity }: Asked): Fact<typeof SessionDenied> =>
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
  { settled, uncovered }: Settled,
  cause: Cause,
): Fact<typeof QuotaSettled> =>
  makeFact(QuotaSettled, head(`settled:${cause.sessionId}`, cause), {
    ...budgetOf(record, cause),
    reserved: record.reservation.amount,
    settled,
    uncovered,
  });

export const adjustedFact = (
  record: Admitted,
  { settled, uncovered }: Settled,
  cause: Cause,
): Fact<typeof QuotaAdjusted> => {
  const { tokens, micros } = { tokens: settled.tokens + uncovered.tokens, micros: settled.micros + uncovered.micros };
  const id = `adjusted:${cause.sessionId}:${tokens}:${micros}`;
  return makeFact(QuotaAdjusted, head(id, cause), { ...budgetOf(record, cause), settled, uncovered });
};

export const thresholdFacts = (record: Admitted, { crossed }: Settled, cause: Cause): Fact<typeof QuotaThreshold>[] =>
  crossed.map(({ period, measure, percent, limit }) =>
    makeFact(
      QuotaThreshold,
      head(
        [
          'threshold',
          record.budgetKey,
          period === 'day' ? record.reservation.day : 'month',
          measure,
          percent,
          limit,
        ].join(':'),
        cause,
      ),
      {
        tenantId: record.tenantId,
        identityKind: record.identity.kind,
        day: record.reservation.day,
        period,
        measure,
        percent,
        limit,
      },
    ),
  );

/** The id names the session: a call is doubted once, and ends. */
export const doubtedFact = ({ tenantId }: Admitted, doubted: Doubted, cause: Cause): Fact<typeof ReportDoubted> =>
  makeFact(ReportDoubted, head(`doubted:${cause.sessionId}:${doubted.why}`, cause), {
    tenantId,
    sessionId: cause.sessionId,
    ...doubted,
  });

export const exceededFact = (
  record: Admitted,
  { period, measure }: Short,
  resetsAtMs: number,
  cause: Cause,
): Fact<typeof QuotaExceeded> =>
  makeFact(QuotaExceeded, head(`exceeded:${cause.sessionId}`, cause), {
    ...budgetOf(record, cause),
    period,
    measure,
    resetsAt: new Date(resetsAtMs).toISOString(),
  });
