import { describe, expect, it } from 'vitest';
import { modelEnds, type PriceList, transcriptionPriceOf } from './price.ts';
import { listPrices, listPricesIn } from './prices.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 30);

describe('what it costs that a model writes down what was said', () => {
  it('is the price of that model, by the minute or by the token, as the list names it', () => {
    const byToken = { textIn: 1, textOut: 2, audioIn: 3, audioOut: 4, cachedTextIn: 5, cachedAudioIn: 6 };
    const own: PriceList = {
      effectiveFromMs: 0,
      models: { 'my-scribe': byToken, 'gpt-live-transcribe': { perMinute: 9 } },
    };
    expect(transcriptionPriceOf([own], 'my-scribe', nowMs)).toEqual(byToken);
    expect(transcriptionPriceOf([own], 'gpt-live-transcribe', nowMs)).toEqual({ perMinute: 9 });
    expect(transcriptionPriceOf(listPrices, 'gpt-realtime-whisper', nowMs)).toEqual({ perMinute: 17_000 });
  });

  it.each(['gpt-transcribe', 'whisper-1', 'constructor', ''])(
    'is never nothing: %j, which no list prices, costs as much as the dearest that is known',
    (model) => {
      expect(transcriptionPriceOf([], model, nowMs)).toEqual({ perMinute: 17_000 });
      expect(transcriptionPriceOf(listPrices, model, nowMs)).toEqual({ perMinute: 17_000 });
      expect(transcriptionPriceOf(listPricesIn('eu'), model, nowMs)).toEqual({ perMinute: 18_700 });
      const dear = { effectiveFromMs: nowMs, models: { 'other-transcriber': { perMinute: 90_000 } } };
      expect(transcriptionPriceOf([...listPrices, dear], model, nowMs)).toEqual({ perMinute: 90_000 });
      expect(transcriptionPriceOf([...listPrices, dear], model, nowMs - 1)).toEqual({ perMinute: 17_000 });
    },
  );

  it('stays what it was after the provider has ended the model: it is billed as long as it works', () => {
    const ended = { effectiveFromMs: 0, models: { scribe: { perMinute: 5 } }, endsAtMs: { scribe: nowMs - dayMs } };
    expect(transcriptionPriceOf([ended], 'scribe', nowMs)).toEqual({ perMinute: 5 });
  });
});

describe('the end of a model', () => {
  it('is what the newest list in effect says of it', () => {
    const models = { m: { perMinute: 1 } };
    const lists = [
      { effectiveFromMs: 0, models, endsAtMs: { m: nowMs } },
      { effectiveFromMs: nowMs, models },
    ];
    expect([...modelEnds(lists, nowMs - 1)]).toEqual([['m', nowMs]]);
    expect([...modelEnds(lists, nowMs)]).toEqual([]);
    expect(modelEnds(listPrices, nowMs).get('gpt-realtime-mini')).toBeGreaterThan(nowMs);
    expect(modelEnds(listPrices, nowMs).has('gpt-realtime-2.1')).toBe(false);
  });
});
