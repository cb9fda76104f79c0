import type { Amount, Denial, Identity, TokenUsage } from '@vox/shared/contracts';
import { larger, nothing } from './amount.ts';
import { type Reservation, unbooked } from './budget.ts';
import { countUsage } from './count-usage.ts';
import type { Price } from './price.ts';
import { leastCase } from './worst-case.ts';

/** What was decided of one request, once; and for an admitted one, what its call used so far. */
export type RequestRecord = Denied | Admitted;
export type Denied = Readonly<{
  kind: 'denied';
  tenantId: string;
  /** But for the person. */
  identity: Identity;
  denial: Denial;
  decidedAtMs: number;
}>;
export type Admitted = Readonly<{
  kind: 'admitted';
  tenantId: string;
  /** But for the person. */
  identity: Identity;
  agentId: string;
  model: string;
  voice: string;
  maxSeconds: number;
  budgetKey: string;
  /** What was held when the request was admitted. */
  reserved: Amount;
  /** What is held now, or became of it. */
  reservation: Reservation;
  price: Price;
  /** Ids of the responses counted, so that a repeat counts once. */
  responseIds: readonly string[];
  reported: Amount;
  connectedSeconds: number;
  decidedAtMs: number;
}>;

/** More responses than any call of an hour has; past it a browser is making them up. */
export const responsesMax = 5_000;

/** Counts one response. A repeat, or one too many, changes nothing: a report can only raise the total. */
export function withReport(record: Admitted, responseId: string, usage: TokenUsage): Admitted {
  if (record.responseIds.includes(responseId) || record.responseIds.length >= responsesMax) return record;
  const { reported } = record;
  const { tokens, micros } = countUsage(record.price, usage);
  return {
    ...record,
    responseIds: [...record.responseIds, responseId],
    reported: { ...reported, tokens: reported.tokens + tokens, micros: reported.micros + micros },
  };
}

/** Takes over the broker's clock, which only goes forward. */
export const withConnected = (record: Admitted, seconds: number): Admitted =>
  seconds <= record.connectedSeconds ? record : { ...record, connectedSeconds: seconds };

/** What a call used: what was reported, and at least what an open microphone costs by the clock. A call that never connected used nothing. */
export const usedBy = (record: Admitted): Amount =>
  larger(record.reported, record.connectedSeconds === 0 ? nothing : leastCase(record.price, record.connectedSeconds));

/** Takes over what the budget counts for this session. What is of another hold, or older, changes nothing. */
export const withReservation = (record: Admitted, reservation: Reservation): Admitted =>
  reservation.root !== record.reservation.root || reservation.seq <= record.reservation.seq
    ? record
    : { ...record, reservation };

/** What was decided to be held for a session: nothing, if it was denied. */
export const heldBy = (record: RequestRecord | undefined): Reservation | undefined =>
  record?.kind === 'admitted' ? record.reservation : undefined;

const keptMs = 2 * 86_400_000;

/** When a sweep must look at a record: at the end of its lease, at once while something used is not booked, and when nobody can ask about it any more. */
export function recordDueAtMs(record: RequestRecord): number {
  if (record.kind === 'denied') return record.decidedAtMs + keptMs;
  const { settlement, untilMs } = record.reservation;
  if (settlement === undefined) return untilMs;
  return unbooked(settlement, usedBy(record)) === undefined ? record.decidedAtMs + keptMs : record.decidedAtMs;
}

/** Whether a record is a tenant's at all: another tenant's is as none. */
export const isAbout = (
  record: RequestRecord | undefined,
  { tenantId }: Readonly<{ tenantId: string }>,
): record is RequestRecord => record?.tenantId === tenantId;
