import type { Amount, TokenUsage } from '@vox/contracts';
import { exceeding, larger, minus, nothing, plus, smaller } from './amount.ts';
import { type Allowed, type Bounds, believed, type Doubt, possibleIn, responsesIn } from './believable.ts';
import { countUsage } from './count-usage.ts';
import type { Admitted } from './record.ts';
import { leastCase } from './worst-case.ts';

const idCharsMax = 44;

/**
 * The id of a response as it is kept. Ids of providers are kept whole. Of a longer one the two ends are kept, so that
 * nobody makes a record large by long ids.
 */
export const responseKey = (responseId: string): string =>
  responseId.length <= idCharsMax
    ? responseId
    : responseId.slice(0, idCharsMax / 2) + responseId.slice(-idCharsMax / 2);

/** How much a call can have used by now: so much of its reports is believed. */
export function allowedBy(record: Admitted, bounds: Bounds, nowMs: number): Allowed {
  const seconds = lastedSeconds(record, nowMs);
  return {
    possible: possibleIn(record.price, seconds, record.openingTokens ?? bounds.openingTokens, bounds),
    responses: responsesIn(seconds, bounds),
  };
}

/** Counts one response as far as it is believed. A repeat changes nothing: a report can only raise the total. */
export function withReport(record: Admitted, responseId: string, usage: TokenUsage, allowed: Allowed): Admitted {
  const key = responseKey(responseId);
  if (record.responseIds.includes(key)) return record;
  const { tokens, micros } = countUsage(record.price, usage);
  const used = { tokens, micros, seconds: 0 };
  // A call that names more responses than it can have had adds to its claim and to nothing else.
  if (record.responseIds.length >= allowed.responses) return doubted(record, used, 'impossible');
  const claim = plus(record.reported, used);
  const { counted, doubt } = believed(record.reported, claim, allowed);
  const after = { ...record, responseIds: [...record.responseIds, key], reported: counted };
  return reconsidered(doubt === undefined ? after : doubted(after, minus(claim, counted), doubt), allowed);
}

/** Believes as much of the claim as is allowed by now: a call can be found to have lasted longer than was known. */
export function reconsidered(record: Admitted, allowed: Allowed): Admitted {
  const { reported, claimed } = record;
  if (claimed === undefined) return record;
  const claim = plus(reported, claimed);
  const { counted } = believed(reported, claim, allowed);
  return exceeding(counted, reported) === undefined
    ? record
    : { ...record, reported: counted, claimed: minus(claim, counted) };
}

/** Sums stay whole numbers, however much is claimed. */
const claimMax: Amount = { tokens: 1e15, micros: 1e15, seconds: 0 };
const doubted = (record: Admitted, more: Amount, why: Doubt): Admitted => {
  const claimed = smaller(plus(record.claimed ?? nothing, more), claimMax);
  // The first doubt stays, so that it is published the same however often.
  return { ...record, claimed, doubted: record.doubted ?? { why, believed: record.reported, claimed } };
};

/** How long a call can have lasted by our own clocks, in seconds, whatever its browser says. */
const lastedSeconds = ({ isOver, connectedSeconds, decidedAtMs, maxSeconds }: Admitted, nowMs: number): number =>
  isOver ? connectedSeconds : Math.min(maxSeconds, Math.max(0, (nowMs - decidedAtMs) / 1_000));

/** Takes over the broker's clock, which only goes forward. */
export const withConnected = (record: Admitted, seconds: number): Admitted =>
  seconds <= record.connectedSeconds ? record : { ...record, connectedSeconds: seconds };

/** Takes over that a call is over, and how long it was connected. */
export const withEnd = (record: Admitted, seconds: number): Admitted => {
  const connected = withConnected(record, seconds);
  return connected.isOver ? connected : { ...connected, isOver: true };
};

/**
 * What a call used: its reports, and at least an open microphone by the clock. A call that never connected used
 * nothing.
 */
export const usedBy = (record: Admitted): Amount =>
  larger(record.reported, record.connectedSeconds === 0 ? nothing : leastCase(record.price, record.connectedSeconds));
