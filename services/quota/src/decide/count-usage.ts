import { readLiveSeconds, readUsage, type TokenUsage } from '@vox/contracts';
import {
  dearestTranscription,
  heardTokensPerSecond,
  isTimed,
  type Price,
  type TimePrice,
  type TokenPrice,
} from './price.ts';

/** What a response counts. `flagged`: some of it was unclear and counts as the dearest kind that it can be. */
export type Counted = Readonly<{ tokens: number; micros: number; flagged: boolean }>;

/** Counts the `usage` of a response or a transcription as the provider sends it, in whatever state. It never throws. */
export function countPayload(price: Price, payload: unknown, status?: unknown): Counted {
  const { usage, flagged } = readUsage(payload, status);
  const counted = countUsage(price, usage);
  return { ...counted, flagged: flagged || counted.flagged };
}

/** Counts a Live session by the largest of its reports of seconds, and by the least that its price charges for one. */
export function countLive(price: TimePrice, payloads: readonly unknown[]): Counted & Readonly<{ seconds: number }> {
  const { seconds, flagged } = readLiveSeconds(payloads);
  return { tokens: 0, ...countTime(price, seconds), flagged };
}

/** Counts the whole time of a session, and at least what its price charges for one. A total is rounded up once. */
export function countTime(price: TimePrice, total: number): Readonly<{ seconds: number; micros: number }> {
  const seconds = Math.max(total, price.leastSeconds ?? 0);
  return { seconds, micros: microsOfTime(price, seconds) };
}

/** What a usage costs, rounded up to a micro-dollar once. What is unclear counts as the dearest kind. */
export const countUsage = (price: Price, usage: TokenUsage): Counted =>
  isTimed(price) ? countByTime(price, usage) : countByKind(price, usage);

const million = 1_000_000n;
const roundedUp = (dividend: bigint, divisor: bigint): number => Number((dividend + divisor - 1n) / divisor);

/** Seconds in whole microseconds, so that the sum is exact. */
const microseconds = (seconds: number): bigint => BigInt(Math.ceil(seconds * 1_000_000 - 0.001));
const microsOfTime = ({ perMinute }: TimePrice, seconds: number): number =>
  roundedUp(microseconds(seconds) * BigInt(perMinute), 60n * million);

/**
 * The dearest transcription by its length, in micro-dollars per million seconds: a browser does not say which model
 * transcribes its call.
 */
const transcriptionPerSecond = Math.ceil((dearestTranscription.perMinute * 1_000_000) / 60);

function countByTime(price: TimePrice, usage: TokenUsage): Counted {
  const tokens = tokensOf(usage);
  const seconds = (usage.seconds ?? 0) + tokens / heardTokensPerSecond;
  return { tokens, micros: microsOfTime(price, seconds), flagged: tokens > 0 };
}

function countByKind(price: TokenPrice, usage: TokenUsage): Counted {
  const dearestIn = Math.max(price.textIn, price.audioIn, price.imageIn ?? 0);
  const dearestOut = Math.max(price.textOut, price.audioOut);
  const image = price.imageIn ?? dearestIn;
  const kinds = [
    {
      fresh: price.textIn,
      cached: price.cachedTextIn,
      tokens: usage.textIn,
      known: usage.cachedTextIn ?? 0,
    },
    { fresh: image, cached: price.cachedImageIn ?? image, tokens: usage.imageIn ?? 0, known: usage.cachedImageIn ?? 0 },
    { fresh: price.audioIn, cached: price.cachedAudioIn, tokens: usage.audioIn, known: usage.cachedAudioIn ?? 0 },
  ];
  const { unknownIn = 0, unknownOut = 0, unknown = 0, seconds = 0 } = usage;
  const input = cachedCost(kinds, usage.cachedIn);
  const parts: readonly (readonly [number, number])[] = [
    ...input.parts,
    [usage.textOut, price.textOut],
    [usage.audioOut, price.audioOut],
    [unknownIn, dearestIn],
    [unknownOut, dearestOut],
    [unknown, Math.max(dearestIn, dearestOut)],
  ];
  const perMillion = parts.reduce((sum, [tokens, each]) => sum + BigInt(tokens) * BigInt(each), 0n);
  const perSecond = Math.max(heardTokensPerSecond * price.audioIn, transcriptionPerSecond);
  const ofTime = microseconds(seconds) * BigInt(perSecond);
  const isStrange = (usage.imageIn ?? 0) > 0 && price.imageIn === undefined;
  return {
    tokens: tokensOf(usage),
    micros: roundedUp(perMillion * million + ofTime, million * million),
    flagged: input.isGuessed || isStrange || unknownIn + unknownOut + unknown + seconds > 0,
  };
}

type Kind = Readonly<{ fresh: number; cached: number; tokens: number; known: number }>;

/** Cached input costs less. Where its kind is not given, it counts as the kind that saves least. */
function cachedCost(
  kinds: readonly Kind[],
  cachedIn: number,
): Readonly<{ parts: readonly (readonly [number, number])[]; isGuessed: boolean }> {
  const bounded = kinds.map((kind) => ({ ...kind, known: Math.min(kind.known, kind.tokens) }));
  let left = Math.max(0, cachedIn - bounded.reduce((sum, { known }) => sum + known, 0));
  const open = bounded.filter(({ tokens, known }) => tokens > known);
  const isGuessed =
    left > 0 && open.length > 1 && left < open.reduce((sum, { tokens, known }) => sum + tokens - known, 0);
  const bySaving = bounded.toSorted((one, other) => one.fresh - one.cached - (other.fresh - other.cached));
  const parts = bySaving.flatMap(({ fresh, cached, tokens, known }) => {
    const more = Math.min(left, tokens - known);
    left -= more;
    return [
      [known + more, cached],
      [tokens - known - more, fresh],
    ] as const;
  });
  return { parts, isGuessed };
}

export const tokensOf = ({ textIn, textOut, audioIn, audioOut, ...usage }: TokenUsage): number =>
  textIn +
  textOut +
  audioIn +
  audioOut +
  (usage.imageIn ?? 0) +
  (usage.unknownIn ?? 0) +
  (usage.unknownOut ?? 0) +
  (usage.unknown ?? 0);
