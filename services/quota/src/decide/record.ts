import type { Amount, Denial, Identity, TokenUsage } from '@vox/shared/contracts';
import { larger, nothing } from './amount.ts';
import { costMicros, leastCase, type Price, tokensOf } from './price.ts';

/** What was decided of one request, once; and for an admitted one, what its call used so far. */
export type RequestRecord = Denied | Admitted;
export type Denied = Readonly<{
  kind: 'denied';
  tenantId: string;
  identity: Identity;
  denial: Denial;
  decidedAtMs: number;
}>;
export type Admitted = Readonly<{
  kind: 'admitted';
  tenantId: string;
  identity: Identity;
  agentId: string;
  model: string;
  voice: string;
  maxSeconds: number;
  budgetKey: string;
  day: string;
  reserved: Amount;
  price: Price;
  /** Ids of the responses counted, so that a repeat counts once. */
  responseIds: readonly string[];
  reported: Amount;
  connectedSeconds: number;
  closed: boolean;
  decidedAtMs: number;
}>;

/** More responses than any call of an hour has; past it a browser is making them up. */
export const responsesMax = 5_000;

/** Counts one response. A repeat, or one too many, changes nothing: a report can only raise the total. */
export function withReport(record: Admitted, responseId: string, usage: TokenUsage): Admitted {
  if (record.responseIds.includes(responseId) || record.responseIds.length >= responsesMax) return record;
  const { reported } = record;
  return {
    ...record,
    responseIds: [...record.responseIds, responseId],
    reported: {
      ...reported,
      tokens: reported.tokens + tokensOf(usage),
      micros: reported.micros + costMicros(record.price, usage),
    },
  };
}

/** Takes over the broker's clock, which only goes forward. */
export const withConnected = (record: Admitted, seconds: number): Admitted =>
  seconds <= record.connectedSeconds ? record : { ...record, connectedSeconds: seconds };

/** What a call used: what was reported, and at least what an open microphone costs by the clock. A call that never connected used nothing. */
export const usedBy = (record: Admitted): Amount =>
  larger(record.reported, record.connectedSeconds === 0 ? nothing : leastCase(record.price, record.connectedSeconds));
