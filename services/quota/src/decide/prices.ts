import { dearestTranscription, isTimed, type Price, type PriceList, type TimePrice, type TokenPrice } from './price.ts';

/** Dollars per million tokens: fresh input, cached input, output. An image is never output. */
type Dollars = Readonly<{
  text: readonly [number, number, number];
  audio: readonly [number, number, number];
  image?: readonly [number, number];
}>;

const micros = (dollars: number): number => Math.round(dollars * 1_000_000);
const perMillion = ({ text, audio, image }: Dollars): TokenPrice => ({
  ...{ textIn: micros(text[0]), cachedTextIn: micros(text[1]), textOut: micros(text[2]) },
  ...{ audioIn: micros(audio[0]), cachedAudioIn: micros(audio[1]), audioOut: micros(audio[2]) },
  ...(image && { imageIn: micros(image[0]), cachedImageIn: micros(image[1]) }),
});
/**
 * A Live session is charged for 15 seconds at its start. Standing by costs as much as speaking: no event tells them
 * apart.
 */
const live: TimePrice = { perMinute: micros(0.05), leastSeconds: 15 };

const gpt2 = perMillion({ text: [4, 0.4, 24], audio: [32, 0.4, 64], image: [5, 0.5] });
const gpt2mini = perMillion({ text: [0.6, 0.06, 2.4], audio: [10, 0.3, 20], image: [0.8, 0.08] });
const gpt1 = perMillion({ text: [4, 0.4, 16], audio: [32, 0.4, 64] });
const gpt1mini = perMillion({ text: [0.6, 0.06, 2.4], audio: [10, 0.3, 20] });

/** Models that the provider shuts down on one day (GET /v1/models, `shutdown_date`). */
const ending = {
  'gpt-realtime': gpt1,
  'gpt-realtime-2025-08-28': gpt1,
  'gpt-realtime-mini': gpt1mini,
  'gpt-realtime-mini-2025-10-06': gpt1mini,
  'gpt-realtime-mini-2025-12-15': gpt1mini,
};
const endsAtMs = Date.UTC(2027, 0, 20);

/** Models released after 2026-03-05 cost a tenth more at the provider's European host. */
const recent: Readonly<Record<string, Price>> = {
  'gpt-realtime-2.1': gpt2,
  'gpt-realtime-2.1-mini': gpt2mini,
  'gpt-realtime-2': gpt2,
  'gpt-realtime-whisper': dearestTranscription,
  'gpt-live-transcribe': dearestTranscription,
  'gpt-live-1': live,
  'gpt-live-1.1': live,
};

const regions = ['global', 'eu'] as const;
export type Region = (typeof regions)[number];
export const priceRegions: readonly Region[] = regions;

const tenthMore = (each: number): number => Math.ceil((each * 11) / 10);
const dearer = (price: Price): Price => {
  if (isTimed(price)) return { ...price, perMinute: tenthMore(price.perMinute) };
  const { imageIn, cachedImageIn, ...all } = price;
  return {
    ...{ textIn: tenthMore(all.textIn), cachedTextIn: tenthMore(all.cachedTextIn), textOut: tenthMore(all.textOut) },
    ...{ audioIn: tenthMore(all.audioIn), cachedAudioIn: tenthMore(all.cachedAudioIn) },
    audioOut: tenthMore(all.audioOut),
    imageIn: imageIn && tenthMore(imageIn),
    cachedImageIn: cachedImageIn && tenthMore(cachedImageIn),
  };
};
const dearerAll = (models: Readonly<Record<string, Price>>): Record<string, Price> =>
  Object.fromEntries(Object.entries(models).map(([name, price]) => [name, dearer(price)]));

/** The provider's list prices at one of its hosts, for a deployment without a PRICE_TABLE. */
export const listPricesIn = (region: Region): readonly PriceList[] => [
  {
    effectiveFromMs: 0,
    models: { ...ending, 'gpt-realtime-1.5': gpt1, ...(region === 'eu' ? dearerAll(recent) : recent) },
    endsAtMs: Object.fromEntries(Object.keys(ending).map((name) => [name, endsAtMs])),
  },
];

export const listPrices: readonly PriceList[] = listPricesIn('global');
