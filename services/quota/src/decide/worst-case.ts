import type { Amount, TokenUsage } from '@vox/contracts';
import { nothing } from './amount.ts';
import { countTime, countUsage } from './count-usage.ts';
import { heardTokensPerSecond, isTimed, type Price, spokenTokensPerSecond } from './price.ts';

/** Where the provider bills by time, a call of any length takes no tokens, and no less time than its price charges. */
function soundOf(price: Price, seconds: number, spokenPerSecond: number): Amount {
  if (isTimed(price)) return seconds === 0 ? nothing : { tokens: 0, ...countTime(price, seconds) };
  const usage: TokenUsage = { textIn: 0, textOut: 0, cachedIn: 0, audioIn: 0, audioOut: 0 };
  const audioIn = seconds * heardTokensPerSecond;
  const { tokens, micros } = countUsage(price, { ...usage, audioIn, audioOut: seconds * spokenPerSecond });
  return { tokens, micros, seconds };
}

/** The most that so many whole seconds of a call are planned to use: both sides speak all the time. */
export const worstCase = (price: Price, seconds: number): Amount => soundOf(price, seconds, spokenTokensPerSecond);

/** The least that so many seconds have used: an open microphone is billed, whatever the browser reports. */
export const leastCase = (price: Price, seconds: number): Amount => soundOf(price, seconds, 0);
