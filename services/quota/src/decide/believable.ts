import type { Amount, PolicyAgent } from '@vox/contracts';
import { larger, smaller } from './amount.ts';
import { countUsage } from './count-usage.ts';
import { heardTokensPerSecond, isTimed, type Price, spokenTokensPerSecond } from './price.ts';
import { worstCase } from './worst-case.ts';

/** How much of what a browser says is believed. Each rate is above what a call of ours does, so that an honest call is not ended. */
export type Bounds = Readonly<{
  /** Instructions and tools as tokens, where the agent does not tell. */
  openingTokens: number;
  /** What a model keeps in mind: no response hears more (32,000 for gpt-realtime; OpenAI model pages). */
  contextTokens: number;
  /** A response follows another no sooner than this on average: somebody must speak in between. */
  secondsPerResponse: number;
  /** Sound is made some six times faster than it is spoken (20 tokens a second), and is billed though nobody hears its end. */
  outTokensPerSecond: number;
  /** Between the clocks of browser, broker and quota, and before the first heartbeat. */
  slackSeconds: number;
  /** A call ends when its reports pass these shares of a day's caps, of tokens and of dollars in percent, and its reservation. */
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

/** What the provider adds of its own to the instructions of an agent. */
const addedTokens = 500;
/** No script has more tokens than one for two bytes of UTF-8. */
const bytesPerToken = 2;

/** The most tokens that the instructions and tools of an agent can be: each response hears them again. */
export const openingOf = ({ openingBytes }: Pick<PolicyAgent, 'openingBytes'>): number =>
  addedTokens + Math.ceil(openingBytes / bytesPerToken);

/** The most that a call of so many seconds can have used: what was said, and with each response all that was said before. */
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

/** A call whose reports pass this ends, so that none goes on to take a tenant's day: what was held for it, or a share of the day where that is more. */
export function shareOf(reserved: Amount, day: Amount, { tokensSharePercent, dollarsSharePercent }: Bounds): Amount {
  const share = (cap: number, percent: number): number =>
    Number.isFinite(cap) ? Math.floor((cap * percent) / 100) : cap;
  const ofDay = { tokens: share(day.tokens, tokensSharePercent), micros: share(day.micros, dollarsSharePercent) };
  return { ...larger(reserved, { ...ofDay, seconds: 0 }), seconds: 0 };
}

/** Why not all of a report was counted: no call of its length can have used so much. Records of earlier calls also say `too-much`. */
export type Doubt = 'impossible' | 'too-much';
export type Allowed = Readonly<{ possible: Amount; responses: number }>;

/** As much of what is claimed as is allowed, and never less than was counted before. */
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

/** The edge lets a call say sixty things a minute, and sixty more at once: more ids of responses than that are made up. */
export const responsesIn = (seconds: number, { slackSeconds }: Bounds): number =>
  120 + Math.ceil(seconds + slackSeconds);
