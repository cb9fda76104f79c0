import type { Amount, TokenUsage } from '@vox/shared/contracts';

/** Integer micro-dollars per million tokens. */
export type Price = Readonly<{
  textIn: number;
  textOut: number;
  audioIn: number;
  audioOut: number;
  cachedTextIn: number;
  cachedAudioIn: number;
}>;

/** One version of what models cost, from a moment on (epoch milliseconds). */
export type PriceList = Readonly<{ effectiveFromMs: number; models: Readonly<Record<string, Price>> }>;

/** What the provider bills for sound, in tokens per second: one per 100 ms heard, one per 50 ms spoken (OpenAI Realtime pricing). */
export const heardTokensPerSecond = 10;
export const spokenTokensPerSecond = 20;

/** The newest price in effect at a moment. A model without one has none: it is refused, never free. */
export function priceOf(lists: readonly PriceList[], model: string, atMs: number): Price | undefined {
  const inEffect = lists.filter((list) => list.effectiveFromMs <= atMs && Object.hasOwn(list.models, model));
  return inEffect.reduce<PriceList | undefined>(
    (newest, list) => (newest && newest.effectiveFromMs > list.effectiveFromMs ? newest : list),
    undefined,
  )?.models[model];
}

/**
 * What a response costs, rounded up to a micro-dollar. Reports do not say which input was cached, so cached tokens are counted
 * where they save least: among text first.
 */
export function costMicros(price: Price, usage: TokenUsage): number {
  const cachedText = Math.min(usage.cachedIn, usage.textIn);
  const cachedAudio = Math.min(usage.cachedIn - cachedText, usage.audioIn);
  const perMillion =
    (usage.textIn - cachedText) * price.textIn +
    cachedText * price.cachedTextIn +
    (usage.audioIn - cachedAudio) * price.audioIn +
    cachedAudio * price.cachedAudioIn +
    usage.textOut * price.textOut +
    usage.audioOut * price.audioOut;
  return Math.ceil(perMillion / 1_000_000);
}

export const tokensOf = (usage: TokenUsage): number => usage.textIn + usage.textOut + usage.audioIn + usage.audioOut;

const soundOf = (heard: number, spoken: number): TokenUsage => ({
  textIn: 0,
  textOut: 0,
  cachedIn: 0,
  audioIn: heard,
  audioOut: spoken,
});

/** The most that so many seconds of call are planned to use: both sides speaking all the time. */
export function worstCase(price: Price, seconds: number): Amount {
  const usage = soundOf(seconds * heardTokensPerSecond, seconds * spokenTokensPerSecond);
  return { tokens: tokensOf(usage), micros: costMicros(price, usage), seconds };
}

/** The least that so many seconds have used: an open microphone is billed, whatever the browser reports. */
export function leastCase(price: Price, seconds: number): Amount {
  const usage = soundOf(seconds * heardTokensPerSecond, 0);
  return { tokens: tokensOf(usage), micros: costMicros(price, usage), seconds };
}
