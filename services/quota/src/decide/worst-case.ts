import type { Amount, TokenUsage } from '@vox/contracts';
import { countUsage } from './count-usage.ts';
import { heardTokensPerSecond, isTimed, type Price, spokenTokensPerSecond } from './price.ts';

function soundOf(price: Price, seconds: number, spokenPerSecond: number): Amount {
  const usage: TokenUsage = { textIn: 0, textOut: 0, cachedIn: 0, audioIn: 0, audioOut: 0 };
  const { tokens, micros } = isTimed(price)
    ? countUsage(price, { ...usage, seconds: seconds === 0 ? 0 : Math.max(seconds, price.leastSeconds ?? 0) })
    : countUsage(price, {
        ...usage,
        audioIn: seconds * heardTokensPerSecond,
        audioOut: seconds * spokenPerSecond,
      });
  return { tokens, micros, seconds };
}

/** The most that so many seconds of a call are planned to use: both sides speak all the time. */
export const worstCase = (price: Price, seconds: number): Amount => soundOf(price, seconds, spokenTokensPerSecond);

/** The least that so many seconds have used: an open microphone is billed, whatever the browser reports. */
export const leastCase = (price: Price, seconds: number): Amount => soundOf(price, seconds, 0);
