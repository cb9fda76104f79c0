import type { ProviderCount, TokenUsage } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothing } from './amount.ts';
import { type Price, priceOf, type TokenPrice, transcriptionPriceOf } from './price.ts';
import { listPrices } from './prices.ts';
import type { Admitted } from './record.ts';
import { usedBy, withConnected, withCount } from './recorded-usage.ts';

const priceAt = (model: string): Price => {
  const price = priceOf(listPrices, model, 0);
  if (price === undefined) throw new RangeError(model);
  return price;
};
const full = priceAt('gpt-realtime-2.1') as TokenPrice;
const transcription = (model: string) => transcriptionPriceOf(listPrices, model, 0);
const callAt = (price: Price): Admitted => ({
  kind: 'admitted',
  tenantId: 'acme',
  identity: { kind: 'console', userId: 'u' },
  ...{
    agentId: 'guide',
    model: 'm',
    voice: 'marin',
    mode: 'brokered',
    maxSeconds: 900,
    budgetKey: 'acme:console:2026-05',
  },
  reserved: nothing,
  reservation: { root: 1, seq: 1, day: '2026-05-05', amount: nothing, untilMs: 0 },
  price,
  responseIds: [],
  reported: nothing,
  connectedSeconds: 0,
  decidedAtMs: 0,
});

/** What the provider bills for a response of which all kinds are known, worked out without the code under test. */
function billOf({ textIn, textOut, audioIn, audioOut, cachedTextIn = 0, cachedAudioIn = 0 }: TokenUsage): number {
  const input =
    (textIn - cachedTextIn) * full.textIn +
    cachedTextIn * full.cachedTextIn +
    (audioIn - cachedAudioIn) * full.audioIn +
    cachedAudioIn * full.cachedAudioIn;
  return Math.ceil((input + textOut * full.textOut + audioOut * full.audioOut) / 1_000_000);
}

const usage: fc.Arbitrary<TokenUsage> = fc
  .record({ textIn: fc.nat(40_000), audioIn: fc.nat(40_000), textOut: fc.nat(5_000), audioOut: fc.nat(50_000) })
  .chain((fresh) =>
    fc
      .record({ cachedTextIn: fc.nat(fresh.textIn), cachedAudioIn: fc.nat(fresh.audioIn) })
      .map((cached) => ({ ...fresh, ...cached, cachedIn: cached.cachedTextIn + cached.cachedAudioIn })),
  );
const seconds = fc.nat(3_600);

/** Responses and utterances, the order in which they are heard, and how often each is heard again. */
const heard = fc
  .record({
    responses: fc.array(usage, { maxLength: 30 }),
    utterances: fc.array(seconds, { maxLength: 15 }),
    again: fc.array(fc.nat(200), { maxLength: 40 }),
    order: fc.array(fc.nat(10_000), { minLength: 90, maxLength: 90 }),
  })
  .map(({ responses, utterances, again, order }) => {
    const noTokens = { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0 };
    const each: ProviderCount[] = [
      ...responses.map((used, n): ProviderCount => ({ kind: 'response', responseId: `resp_${n}`, usage: used })),
      ...utterances.map(
        (length, n): ProviderCount => ({
          kind: 'transcription',
          // An utterance whose id a response has too is another count.
          itemId: `resp_${n}`,
          model: 'gpt-live-transcribe',
          usage: { ...noTokens, seconds: length },
        }),
      ),
    ];
    const repeated = again.flatMap((at) => each[at % Math.max(1, each.length)] ?? []);
    const counts = [...each, ...repeated]
      .map((counted, n) => ({ counted, rank: order[n] ?? 0 }))
      .sort((one, other) => one.rank - other.rank)
      .map(({ counted }) => counted);
    return { responses, utterances, counts };
  });

describe('what a provider counted, in any order and however often it is heard', () => {
  it('makes the sum of its own bills, each rounded up by itself, to the micro-dollar and the token', () => {
    fc.assert(
      fc.property(heard, fc.nat(900), ({ responses, utterances, counts }, connected) => {
        const record = counts.reduce(
          (known, counted) => withCount(known, counted, transcription),
          withConnected(callAt(full), connected),
        );
        const words = utterances.reduce((sum, length) => sum + Math.ceil((length * 17_000) / 60), 0);
        const micros = responses.reduce((sum, each) => sum + billOf(each), words);
        const tokens = responses.reduce(
          (sum, each) => sum + each.textIn + each.audioIn + each.textOut + each.audioOut,
          0,
        );
        expect(usedBy(record)).toEqual({ tokens, micros, seconds: connected });
        expect(record.transcribed ?? nothing).toEqual({ ...nothing, micros: words });
        expect(record.responseIds).toHaveLength(responses.length + utterances.length);
      }),
    );
  });

  it('is the largest of its totals where it bills by time, and never less than a session costs', () => {
    fc.assert(
      fc.property(fc.array(seconds, { minLength: 1, maxLength: 30 }), fc.nat(900), (totals, connected) => {
        const record = totals.reduce(
          (known, each) => withCount(known, { kind: 'seconds', seconds: each }, transcription),
          withConnected(callAt(priceAt('gpt-live-1')), connected),
        );
        const most = Math.max(15, ...totals);
        expect(usedBy(record)).toEqual({ tokens: 0, micros: Math.ceil((most * 50_000) / 60), seconds: most });
      }),
    );
  });

  it('only raises what a call used', () => {
    const total = fc.record({ kind: fc.constant('seconds' as const), seconds });
    const any = fc.oneof(
      heard.map(({ counts }) => counts),
      fc.array(total),
    );
    fc.assert(
      fc.property(any, fc.constantFrom('gpt-realtime-2.1', 'gpt-live-1'), (counts, model) => {
        let record = callAt(priceAt(model));
        for (const counted of counts) {
          const before = usedBy(record);
          record = withCount(record, counted, transcription);
          for (const measure of ['tokens', 'micros', 'seconds'] as const)
            expect(usedBy(record)[measure]).toBeGreaterThanOrEqual(before[measure]);
        }
      }),
    );
  });

  it('changes nothing of a direct call', () => {
    fc.assert(
      fc.property(heard, fc.constantFrom('direct', undefined), ({ counts }, mode) => {
        const direct = { ...callAt(full), mode };
        for (const counted of counts) expect(withCount(direct, counted, transcription)).toBe(direct);
      }),
    );
  });

  it('changes nothing by a total of seconds where the call is billed by tokens', () => {
    const call = callAt(full);
    expect(withCount(call, { kind: 'seconds', seconds: 9 }, transcription)).toBe(call);
  });
});
