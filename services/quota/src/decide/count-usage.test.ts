import { readFileSync } from 'node:fs';
import { readUsage, TokenUsage } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLive, countPayload, countUsage } from './count-usage.ts';
import { isTimed, offerOf, type Price, type TimePrice, type TokenPrice } from './price.ts';
import { listPrices } from './prices.ts';

type Case = {
  name: string;
  model: string;
  usage?: unknown;
  events?: { usage: unknown }[];
  tokens?: number;
  seconds?: number;
  micros: number;
};
const { cases } = JSON.parse(readFileSync(new URL('./usage-cases.json', import.meta.url), 'utf8')) as { cases: Case[] };

const nowMs = Date.UTC(2026, 10, 29);
function priceAt(model: string): Price {
  const offer = offerOf(listPrices, model, nowMs);
  if (offer.kind !== 'offered') throw new RangeError(`${model} has no price`);
  return offer.price;
}
const mini = priceAt('gpt-realtime-2.1-mini') as TokenPrice;
const full = priceAt('gpt-realtime-2.1') as TokenPrice;
const byMinute = priceAt('gpt-live-transcribe');
const count = (usage: unknown, price: Price = mini) => countPayload(price, usage);

describe('usage as a provider sends it', () => {
  it.each(cases.map((each) => [each.name, each] as const))('counts as the case says: %s', (_name, each) => {
    const price = priceAt(each.model);
    const counted =
      each.events === undefined
        ? countPayload(price, each.usage)
        : countLive(
            price as TimePrice,
            each.events.map(({ usage }) => usage),
          );
    const { events: _events, usage: _usage, name: _its, model: _model, ...right } = each;
    expect(counted).toMatchObject({
      micros: right.micros,
      ...(right.tokens !== undefined && { tokens: right.tokens }),
    });
    if (right.seconds !== undefined) expect(counted).toMatchObject({ seconds: right.seconds });
  });

  const all = {
    total_tokens: 180,
    input_tokens: 150,
    output_tokens: 30,
    input_token_details: { text_tokens: 100, audio_tokens: 50 },
    output_token_details: { text_tokens: 10, audio_tokens: 20 },
  };
  // 100 × 0.6 + 50 × 10 + 10 × 2.4 + 20 × 20 = 984
  it('is not flagged when everything adds up, nor when only a total is missing', () => {
    const { total_tokens: _total, ...rest } = all;
    for (const usage of [all, rest, { ...all, type: 'tokens' }])
      expect(count(usage)).toEqual({ tokens: 180, micros: 984, flagged: false });
  });

  it.each<[string, object, number, number]>([
    ['details of the input that are less than its total', { input_tokens: 160, total_tokens: 190 }, 190, 984 + 100],
    ['details of the input that are more than its total', { input_tokens: 140, total_tokens: 170 }, 180, 984],
    ['a total that is more than both sides', { total_tokens: 200 }, 200, 984 + 400],
    ['a total that is less than both sides', { total_tokens: 100 }, 180, 984],
    ['no details of the output', { output_token_details: null }, 180, 560 + 600],
    [
      'no word of the output but in the total',
      { output_tokens: undefined, output_token_details: undefined },
      180,
      560 + 600,
    ],
    ['an output that is no object', { output_token_details: 'none' }, 180, 560 + 600],
    [
      'a kind of input that nobody knows',
      { input_token_details: { ...all.input_token_details, video_tokens: 30 } },
      210,
      984 + 300,
    ],
    ['a negative count', { input_token_details: { text_tokens: -100, audio_tokens: 50 } }, 180, 984 - 60 + 1_000],
    [
      'a count that is not a number',
      { input_token_details: { text_tokens: Number.NaN, audio_tokens: 50 } },
      180,
      1_924,
    ],
    ['a count as text', { input_token_details: { text_tokens: '100', audio_tokens: 50 } }, 180, 984],
    ['a count as words', { input_token_details: { text_tokens: 'many', audio_tokens: 50 } }, 180, 1_924],
    ['a count with a fraction', { input_token_details: { text_tokens: 99.5, audio_tokens: 50 } }, 180, 984],
    ['a total that is not a number', { total_tokens: 'all of them' }, 180, 984],
  ])('with %s counts at the dearest that it can be, and is flagged', (_what, over, tokens, micros) => {
    expect(count({ ...all, ...over })).toEqual({ tokens, micros, flagged: true });
  });

  it('with a total alone counts as the dearest kind of all', () => {
    expect(count({ total_tokens: 541 })).toEqual({ tokens: 541, micros: 10_820, flagged: true });
    expect(count({ total_tokens: 541, output_tokens: 20 })).toEqual({ tokens: 541, micros: 5_610, flagged: true });
  });

  const cachedOf = (details: object) =>
    count({ ...all, input_token_details: { ...all.input_token_details, ...details } });
  it.each<[string, object, number, boolean]>([
    [
      'cached sound is not cached text',
      { cached_tokens: 50, cached_tokens_details: { audio_tokens: 50 } },
      984 - 485,
      false,
    ],
    [
      'cached text is not cached sound',
      { cached_tokens: 50, cached_tokens_details: { text_tokens: 50 } },
      984 - 27,
      false,
    ],
    ['a split without its sum is enough', { cached_tokens_details: { text_tokens: 50 } }, 984 - 27, false],
    ['without a split it was where it saves least', { cached_tokens: 110 }, 984 - 54 - 97, true],
    ['all of the input was cached, so no split is missed', { cached_tokens: 150 }, 984 - 54 - 485, false],
    [
      'what a split leaves open was where it saves least',
      { cached_tokens: 60, cached_tokens_details: { audio_tokens: 10 } },
      984 - 97 - 27,
      true,
    ],
    [
      'a split of more than its sum saves no more than the sum',
      { cached_tokens: 10, cached_tokens_details: { audio_tokens: 50 } },
      984 - 97,
      true,
    ],
    [
      'more of a kind than the input has saves no more than that',
      { cached_tokens: 80, cached_tokens_details: { audio_tokens: 80 } },
      984 - 485 - 16.2,
      true,
    ],
    ['more than the input saves no more than the input', { cached_tokens: 9_999 }, 984 - 54 - 485, true],
    ['a negative split saves nothing', { cached_tokens_details: { audio_tokens: -9 } }, 984, true],
    ['a split that is no object is none', { cached_tokens: 10, cached_tokens_details: 'all' }, 984 - 5.4, true],
  ])('of cached input: %s', (_what, details, micros, flagged) => {
    expect(cachedOf(details)).toEqual({ tokens: 180, micros: Math.ceil(micros), flagged });
  });

  it('of an image counts at its own price, or at the dearest of the input where it has none', () => {
    const usage = { input_tokens: 100, output_tokens: 0, input_token_details: { image_tokens: 100 } };
    expect(count(usage)).toEqual({ tokens: 100, micros: 80, flagged: false });
    expect(count(usage, priceAt('gpt-realtime'))).toEqual({ tokens: 100, micros: 3_200, flagged: true });
  });

  it('may be missing of a response that was cut off, and not of one that was completed', () => {
    for (const status of ['cancelled', 'failed', undefined])
      expect(countPayload(mini, null, status)).toEqual({ tokens: 0, micros: 0, flagged: false });
    expect(countPayload(mini, undefined, 'completed')).toEqual({ tokens: 0, micros: 0, flagged: true });
    for (const odd of ['', 'none', 7, true, [], {}, [{ total_tokens: 1 }]]) expect(count(odd).flagged).toBe(true);
  });

  it('of a transcription counts by its tokens, or by its length to a part of a second', () => {
    const usage = {
      type: 'tokens',
      total_tokens: 30,
      input_tokens: 20,
      input_token_details: { audio_tokens: 20, text_tokens: 0 },
      output_tokens: 10,
      output_token_details: { text_tokens: 10 },
    };
    expect(count(usage)).toEqual({ tokens: 30, micros: 224, flagged: false });
    expect(count({ type: 'duration', seconds: 12.3456 }, byMinute)).toEqual({
      tokens: 0,
      micros: 3_498,
      flagged: false,
    });
    // A price of the other unit converts: 10 tokens of sound a second, and no less than a transcription costs.
    expect(count({ type: 'duration', seconds: 2 })).toEqual({ tokens: 0, micros: 567, flagged: true });
    expect(count({ total_tokens: 100, input_tokens: 100, output_tokens: 0 }, byMinute)).toEqual({
      tokens: 100,
      micros: 2_834,
      flagged: true,
    });
    for (const seconds of [-1, Number.NaN, 'long', null, {}])
      expect(count({ type: 'duration', seconds }, byMinute)).toEqual({ tokens: 0, micros: 0, flagged: true });
    expect(count({ type: 'duration', seconds: '3' }, byMinute)).toEqual({ tokens: 0, micros: 850, flagged: true });
  });

  it('of a Live session is its largest total, and 15 seconds at least', () => {
    const live = priceAt('gpt-live-1') as TimePrice;
    expect(countLive(live, [])).toEqual({ tokens: 0, seconds: 15, micros: 12_500, flagged: false });
    expect(countLive(live, [{ seconds: 61 }, { seconds: 30 }, null])).toMatchObject({ seconds: 61, flagged: true });
    expect(countLive(live, [{ seconds: 9 }])).toEqual({ tokens: 0, seconds: 15, micros: 12_500, flagged: false });
  });
});

describe('any usage at all', () => {
  const odd = fc.oneof(
    fc.nat(5_000),
    fc.constantFrom(null, undefined, -1, Number.NaN, Infinity, -Infinity, 1e300, 0.5, '12', 'x', true, [], {}),
  );
  const details = fc.oneof(
    odd,
    fc.dictionary(
      fc.constantFrom('text_tokens', 'audio_tokens', 'image_tokens', 'video_tokens', 'cached_tokens', '__proto__'),
      odd,
    ),
  );
  const payload = fc.oneof(
    fc.anything(),
    fc.record(
      {
        type: fc.constantFrom(undefined, 'tokens', 'duration', 'other'),
        total_tokens: odd,
        input_tokens: odd,
        output_tokens: odd,
        seconds: odd,
        input_token_details: fc.oneof(
          details,
          fc.record(
            {
              text_tokens: odd,
              audio_tokens: odd,
              image_tokens: odd,
              cached_tokens: odd,
              cached_tokens_details: details,
            },
            { requiredKeys: [] },
          ),
        ),
        output_token_details: details,
      },
      { requiredKeys: [] },
    ),
  );

  it('counts whole numbers that a fact can carry, and never throws', () => {
    fc.assert(
      fc.property(payload, fc.constantFrom(mini, full, byMinute), (usage, price) => {
        const { tokens, micros } = countPayload(price, usage);
        expect(Number.isSafeInteger(tokens) && tokens >= 0).toBe(true);
        expect(Number.isSafeInteger(micros) && micros >= 0).toBe(true);
        expect(TokenUsage.safeParse(readUsage(usage).usage).success).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never costs less because details are left out', () => {
    const kinds = fc.record({ text_tokens: fc.nat(500), audio_tokens: fc.nat(500), image_tokens: fc.nat(500) });
    const left = fc.subarray(['text_tokens', 'audio_tokens', 'image_tokens'] as const);
    fc.assert(
      fc.property(kinds, left, (whole, kept) => {
        const input_tokens = whole.text_tokens + whole.audio_tokens + whole.image_tokens;
        const usage = (input_token_details: object | null) => ({ input_tokens, output_tokens: 0, input_token_details });
        const some = Object.fromEntries(kept.map((name) => [name, whole[name]]));
        const [right, less, none] = [count(usage(whole)), count(usage(some)), count(usage(null))];
        expect(less.micros).toBeGreaterThanOrEqual(right.micros);
        expect(none.micros).toBeGreaterThanOrEqual(less.micros);
        expect([less.tokens, none.tokens]).toEqual([right.tokens, right.tokens]);
        if (less.micros > right.micros) expect(less.flagged).toBe(true);
      }),
    );
  });

  it('costs no less when it says only how much was cached and not of which kind', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), (textIn, audioIn, one, two) => {
        const cachedTextIn = Math.min(one, textIn);
        const cachedAudioIn = Math.min(two, audioIn);
        const usage = { textIn, audioIn, textOut: 0, audioOut: 0, cachedIn: cachedTextIn + cachedAudioIn };
        expect(countUsage(mini, usage).micros).toBeGreaterThanOrEqual(
          countUsage(mini, { ...usage, cachedTextIn, cachedAudioIn }).micros,
        );
      }),
    );
  });

  it('of a model without a price cannot be counted', () => {
    for (const model of ['gpt-realtime-9', 'constructor', '', 'gpt-4o-realtime-preview'])
      expect(offerOf(listPrices, model, nowMs)).toEqual({ kind: 'unknown' });
    expect(isTimed(byMinute)).toBe(true);
  });
});
