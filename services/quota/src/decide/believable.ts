import type { Amount, PolicyAgent } from '@vox/contracts';
import { larger, smaller } from './amount.ts';
import { countUsage } from './count-usage.ts';
import { heardTokensPerSecond, isTimed, type Price, spokenTokensPerSecond } from './price.ts';
import { worstCase } from './worst-case.ts';

/**
 * How much of a browser's report is believed. Each rate is above what a call of ours does, so no honest call is ended.
 */
export type Bounds = Readonly<{
  /** Instructions and tools as tokens, for an agent of which they are not known. */
  openingTokens: number;
  /** The context window: no response hears more (32,000 for realtime models; OpenAI model pages). */
  contextTokens: number;
  /** The least pause between two responses on average: somebody must speak in between. */
  secondsPerResponse: number;
  /**
   * Sound is made about six times faster than it is spoken (20 tokens a second), and billed though nobody hears its
   * end.
   */
  outTokensPerSecond: number;
  /** For clocks of browser, broker and quota that differ, and for the time before the first heartbeat. */
  slackSeconds: number;
  /** A call ends when it passes its reservation and these shares, in percent, of a day's tokens or dollars. */
  tokensSharePercent: number;
  dollarsSharePercent: number;
}>;

export const defaultBounds: Bounds = {
  openingTokens: 4_000,
  contextTokens: 32_000,
  secondsPerResponse: 2,
  outTokensPerSecond: 120,
  slackSeconds: 5,
  tokensSharePercent: 50,
  dollarsSharePercent: 25,
};

/** What the provider adds to the instructions of an agent. */
const addedTokens = 500;
/** No script has more than one token for two bytes of UTF-8. */
const bytesPerToken = 2;

/** The most tokens that the instructions and tools of an agent can be: each response hears them again. */
export const openingOf = ({ openingBytes }: Pick<PolicyAgent, 'openingBytes'>): number =>
  addedTokens + Math.ceil(openingBytes / bytesPerToken);

/** The most that a call of so many seconds can have used: each response is billed for all that was said before. */
export function possibleIn(price: Price, seconds: number, openingTokens: number, bounds: Bounds): Amount {
  const within = seconds + bounds.slackSeconds;
  const responses = 1 + Math.floor(within / bounds.secondsPerResponse);
  const said = Math.ceil(within * (heardTokensPerSecond + spokenTokensPerSecond));
  const unknownIn = responses * Math.min(Math.max(bounds.contextTokens, openingTokens), openingTokens + said);
  const unknownOut = Math.ceil(within * bounds.outTokensPerSecond);
  const none = { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0 };
  const { tokens, micros } = countUsage(price, { ...none, unknownIn, unknownOut });
  return { tokens, micros: isTimed(price) ? worstCase(price, Math.ceil(within)).micros : micros, seconds: 0 };
}

/**
 * A call ends when it passes this, so that no call takes a tenant's whole day: what was held for it, or a share of the
 * day where that is more. It holds for what a browser reports and for what the provider counts: true usage of one
 * visitor, who makes a model speak without end, leaves as little of the day to the others as a lie about it.
 */
export function shareOf(reserved: Amount, day: Amount, { tokensSharePercent, dollarsSharePercent }: Bounds): Amount {
  const share = (cap: number, percent: number): number =>
    Number.isFinite(cap) ? Math.floor((cap * percent) / 100) : cap;
  const ofDay = { tokens: share(day.tokens, tokensSharePercent), micros: share(day.micros, dollarsSharePercent) };
  return { ...larger(reserved, { ...ofDay, seconds: 0 }), seconds: 0 };
}

/**
 * Why a report was not counted whole: no call of its length can have used so much. Older records also say `too-much`.
 */
export type Doubt = 'impossible' | 'too-much';
export type Allowed = Readonly<{ possible: Amount; responses: number }>;

/** As much of the claim as is allowed, and never less than was counted before. */
export function believed(
  before: Amount,
  claimed: Amount,
  { possible }: Allowed,
): Readonly<{ counted: Amount; doubt?: Doubt }> {
  const counted = larger(before, smaller(claimed, possible));
  const isMore = (one: Amount, other: Amount): boolean => one.tokens > other.tokens || one.micros > other.micros;
  if (!isMore(claimed, counted)) return { counted };
  return { counted, doubt: 'impossible' };
}

/**
 * The edge lets a call report sixty times a minute, and sixty times more at once: further ids of responses are made up.
 */
export const responsesIn = (seconds: number, { slackSeconds }: Bounds): number =>
  120 + Math.ceil(seconds + slackSeconds);
