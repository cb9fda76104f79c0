import type { Price, PriceList } from './price.ts';

const perMillion = (
  textIn: number,
  cachedTextIn: number,
  textOut: number,
  audioIn: number,
  cachedAudioIn: number,
  audioOut: number,
): Price => ({
  textIn: textIn * 1_000_000,
  textOut: textOut * 1_000_000,
  audioIn: audioIn * 1_000_000,
  audioOut: audioOut * 1_000_000,
  cachedTextIn: cachedTextIn * 1_000_000,
  cachedAudioIn: cachedAudioIn * 1_000_000,
});

const full = perMillion(4, 0.4, 16, 32, 0.4, 64);
const mini = perMillion(0.6, 0.06, 2.4, 10, 0.3, 20);

/** The provider's list prices, where PRICE_TABLE names no others. */
export const listPrices: readonly PriceList[] = [
  {
    effectiveFromMs: 0,
    models: {
      'gpt-realtime': full,
      'gpt-realtime-1.5': full,
      'gpt-realtime-mini': mini,
      'gpt-4o-mini-realtime-preview': mini,
    },
  },
];
