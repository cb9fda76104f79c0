import type { Amount, Denial, Identity, TokenUsage } from '@vox/contracts';
import { exceeding, larger, minus, nothing, plus, smaller } from './amount.ts';
import { type Allowed, believed, type Doubt } from './believable.ts';
import { type Reservation, unbooked } from './budget.ts';
import { countUsage } from './count-usage.ts';
import type { Price } from './price.ts';
import { leastCase } from './worst-case.ts';

/** What was decided of one request, once; and for an admitted one, what its call used so far. */
export type RequestRecord = Denied | Admitted;
export type Doubted = Readonly<{ why: Doubt; believed: Amount; claimed: Amount }>;
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
  /** What reports say, as far as it is believed. */
  reported: Amount;
  connectedSeconds: number;
  decidedAtMs: number;
  /** The most that instructions and tools can be, in tokens. */
  openingTokens?: number | undefined;
  /** Its end was told, so that `connectedSeconds` is all it lasted. A call that its lease settled can have lasted to its longest. */
  isOver?: boolean | undefined;
  /** What reports say beyond what is believed: booked nowhere, unless the call is found to have lasted longer. */
  claimed?: Amount | undefined;
  /** What was left out when a report was not believed whole for the first time. Its call ends. */
  doubted?: Doubted | undefined;
}>;

const idCharsMax = 44;

/** An id as it is kept: whole, as providers make them, or the two ends of one that is longer, so that nobody makes a record large by them. */
export const responseKey = (responseId: string): string =>
  responseId.length <= idCharsMax
    ? responseId
    : responseId.slice(0, idCharsMax / 2) + responseId.slice(-idCharsMax / 2);

/** Counts one response as far as it can be believed. A repeat changes nothing: a report can only raise the total. */
export function withReport(record: Admitted, responseId: string, usage: TokenUsage, allowed: Allowed): Admitted {
  const key = responseKey(responseId);
  if (record.responseIds.includes(key)) return record;
  const { tokens, micros } = countUsage(record.price, usage);
  const used = { tokens, micros, seconds: 0 };
  // Of a call that says more responses than it can have had, nothing more is kept but the claim.
  if (record.responseIds.length >= allowed.responses) return doubted(record, used, 'impossible');
  const claim = plus(record.reported, used);
  const { counted, doubt } = believed(record.reported, claim, allowed);
  const after = { ...record, responseIds: [...record.responseIds, key], reported: counted };
  return reconsidered(doubt === undefined ? after : doubted(after, minus(claim, counted), doubt), allowed);
}

/** Believes of what is only claimed as much as is allowed by now: a call may be found to have lasted longer than was known. */
export function reconsidered(record: Admitted, allowed: Allowed): Admitted {
  const { reported, claimed } = record;
  if (claimed === undefined) return record;
  const claim = plus(reported, claimed);
  const { counted } = believed(reported, claim, allowed);
  return exceeding(counted, reported) === undefined
    ? record
    : { ...record, reported: counted, claimed: minus(claim, counted) };
}

/** Sums stay whole numbers however much is claimed. */
const claimMax: Amount = { tokens: 1e15, micros: 1e15, seconds: 0 };
const doubted = (record: Admitted, more: Amount, why: Doubt): Admitted => {
  const claimed = smaller(plus(record.claimed ?? nothing, more), claimMax);
  // It is told as it was at first, however often it is told.
  return { ...record, claimed, doubted: record.doubted ?? { why, believed: record.reported, claimed } };
};

/** How long a call can have lasted by our own clocks, in seconds, whatever its browser says. */
export const lastedSeconds = (
  { isOver, connectedSeconds, decidedAtMs, maxSeconds }: Admitted,
  nowMs: number,
): number => (isOver ? connectedSeconds : Math.min(maxSeconds, Math.max(0, (nowMs - decidedAtMs) / 1_000)));

/** Takes over the broker's clock, which only goes forward. */
export const withConnected = (record: Admitted, seconds: number): Admitted =>
  seconds <= record.connectedSeconds ? record : { ...record, connectedSeconds: seconds };

/** Takes over that a call is over, and how long it was connected. */
export const withEnd = (record: Admitted, seconds: number): Admitted => {
  const connected = withConnected(record, seconds);
  return connected.isOver ? connected : { ...connected, isOver: true };
};

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
