import type { Amount, ProviderCount, TokenUsage } from '@vox/contracts';
import { exceeding, larger, minus, nothing, plus, smaller } from './amount.ts';
import { type Allowed, type Bounds, believed, type Doubt, possibleIn, responsesIn } from './believable.ts';
import { countTime, countUsage } from './count-usage.ts';
import { isTimed, type Price } from './price.ts';
import { type Admitted, isBrokered, withTools } from './record.ts';
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

/**
 * Counts one response as far as it is believed. A repeat changes nothing: a report can only raise the total. Of a
 * brokered call the provider says all that counts, so its browser changes nothing, and is doubted in nothing.
 */
export function withReport(record: Admitted, responseId: string, usage: TokenUsage, allowed: Allowed): Admitted {
  if (isBrokered(record)) return record;
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

/** By what a count of the provider is known, so that it counts once. A total counts by its size, and has no key. */
export function countKey(counted: ProviderCount): string | undefined {
  if (counted.kind === 'seconds') return undefined;
  return counted.kind === 'response' ? counted.responseId : `utterance:${counted.itemId}`;
}

/**
 * Counts what the provider says of a brokered call, whole: each response and each utterance once, and of totals the
 * largest. Each amount is rounded up to a micro-dollar by itself, so that the sum is the sum of the provider's own
 * bills by the same prices. Nobody hears the provider in a direct call: of it nothing is counted here. `transcription`
 * is the price of a model that writes down what was said.
 */
export function withCount(record: Admitted, counted: ProviderCount, transcription: (model: string) => Price): Admitted {
  if (!isBrokered(record)) return record;
  if (counted.kind === 'seconds') return withSeconds(record, counted.seconds);
  const key = countKey(counted);
  if (key === undefined || record.responseIds.includes(key)) return record;
  const isUtterance = counted.kind === 'transcription';
  const price = isUtterance ? transcription(counted.model) : record.price;
  const { tokens, micros } = countUsage(price, counted.usage);
  const used = { tokens, micros, seconds: 0 };
  const after = { ...record, responseIds: [...record.responseIds, key], reported: plus(record.reported, used) };
  return isUtterance ? { ...after, transcribed: plus(record.transcribed ?? nothing, used) } : after;
}

/** The first total counts though it be zero: from then on the provider charges for the session. */
const withSeconds = (record: Admitted, seconds: number): Admitted =>
  !isTimed(record.price) || seconds <= (record.countedSeconds ?? -1) ? record : { ...record, countedSeconds: seconds };

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
 * What a call used. Brokered, it is what the provider counted. Direct, it is what was reported, and at least an open
 * microphone by the clock; a call that never connected used nothing. What its tools cost comes on top.
 */
export const usedBy = (record: Admitted): Amount => withTools(record, ownUseOf(record));

/** What must be held of a call: the most that it may use itself, as it was admitted, and what its tools cost beside. */
export const mostOf = (record: Admitted): Amount => withTools(record, larger(record.reserved, ownUseOf(record)));

function ownUseOf(record: Admitted): Amount {
  const { reported, connectedSeconds, price } = record;
  if (isBrokered(record)) return countedBy(record);
  return larger(reported, connectedSeconds === 0 ? nothing : leastCase(price, connectedSeconds));
}

/**
 * Minutes go by the broker's clock, and by the provider's where it bills by time. Such a session is charged its least
 * from the moment at which it is known to have begun, though no total of it was heard.
 */
function countedBy({ reported, connectedSeconds, countedSeconds, price }: Admitted): Amount {
  if (!isTimed(price)) return { ...reported, seconds: connectedSeconds };
  if (countedSeconds === undefined && connectedSeconds === 0) return reported;
  const { seconds, micros } = countTime(price, countedSeconds ?? 0);
  return plus(reported, { tokens: 0, micros, seconds: Math.ceil(seconds) });
}

/** What counts of a call against its share of a day: what is paid for by the token or by the second. */
export const spentBy = (record: Admitted): Amount => ({
  ...(isBrokered(record) ? usedBy(record) : withTools(record, record.reported)),
  seconds: 0,
});
