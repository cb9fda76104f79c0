/**
 * Integer micro-dollars per million tokens, by kind. A kind without a price costs as much as the dearest of its side.
 */
export type TokenPrice = Readonly<{
  textIn: number;
  textOut: number;
  audioIn: number;
  audioOut: number;
  cachedTextIn: number;
  cachedAudioIn: number;
  imageIn?: number | undefined;
  cachedImageIn?: number | undefined;
}>;
/** Integer micro-dollars per minute, billed by the second. The shortest session is charged for `leastSeconds`. */
export type TimePrice = Readonly<{ perMinute: number; leastSeconds?: number | undefined }>;
export type Price = TokenPrice | TimePrice;

export const isTimed = (price: Price): price is TimePrice => 'perMinute' in price;

/** What models cost from a moment on (epoch milliseconds). `endsAtMs` is when the provider shuts a model down. */
export type PriceList = Readonly<{
  effectiveFromMs: number;
  models: Readonly<Record<string, Price>>;
  endsAtMs?: Readonly<Record<string, number>> | undefined;
}>;
/** The price that a model is offered at, or why it is not: it has no price, or the provider has ended it. */
export type Offer =
  | Readonly<{ kind: 'offered'; price: Price; endsAtMs?: number | undefined }>
  | Readonly<{ kind: 'unknown' | 'ended' }>;

/**
 * What the provider bills for sound, in tokens per second: one per 100 ms heard, one per 50 ms spoken (OpenAI Realtime
 * pricing).
 */
export const heardTokensPerSecond = 10;
export const spokenTokensPerSecond = 20;

/** The newest price in effect at a moment, unless the model has ended by then. */
export function offerOf(lists: readonly PriceList[], model: string, atMs: number): Offer {
  const inEffect = lists.filter((list) => list.effectiveFromMs <= atMs && Object.hasOwn(list.models, model));
  const list = inEffect.reduce<PriceList | undefined>(
    (newest, each) => (newest && newest.effectiveFromMs > each.effectiveFromMs ? newest : each),
    undefined,
  );
  const price = list?.models[model];
  if (price === undefined) return { kind: 'unknown' };
  const endsAtMs = list?.endsAtMs && Object.hasOwn(list.endsAtMs, model) ? list.endsAtMs[model] : undefined;
  return endsAtMs !== undefined && endsAtMs <= atMs ? { kind: 'ended' } : { kind: 'offered', price, endsAtMs };
}

/** The newest price in effect at a moment. A model without one is refused, never free. */
export function priceOf(lists: readonly PriceList[], model: string, atMs: number): Price | undefined {
  const offer = offerOf(lists, model, atMs);
  return offer.kind === 'offered' ? offer.price : undefined;
}
