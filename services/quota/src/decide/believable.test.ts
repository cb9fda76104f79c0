import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nothing, plus } from './amount.ts';
import { believed, defaultBounds, openingOf, possibleIn, responsesIn, shareOf } from './believable.ts';
import { countUsage } from './count-usage.ts';
import { priceOf } from './price.ts';
import { listPrices } from './prices.ts';

const found = priceOf(listPrices, 'gpt-realtime-2.1', 0);
if (found === undefined) throw new RangeError('no price');
const price = found;

describe('what a call can have used', () => {
  it('covers every honest call, though each response hears all again and nobody lets the agent finish', () => {
    const turn = fc.record({
      visitorSeconds: fc.integer({ min: 2, max: 20 }),
      agentSeconds: fc.integer({ min: 1, max: 30 }),
      isInterrupted: fc.boolean(),
      tellsKinds: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 150 }), fc.nat(16_000), (turns, instructionChars) => {
        const opening = openingOf({ openingBytes: instructionChars + '[]'.length });
        const instructions = 300 + Math.ceil(instructionChars / 4);
        let seconds = 0;
        let said = 0;
        let claimed = nothing;
        for (const { visitorSeconds, agentSeconds, isInterrupted, tellsKinds } of turns) {
          // Sound is made faster than it is heard; a visitor who cuts in hears little of it.
          seconds += visitorSeconds + agentSeconds / 6;
          said = Math.min(28_000, said + visitorSeconds * 10);
          const audioOut = agentSeconds * 20;
          const textOut = agentSeconds * 3;
          const input = tellsKinds
            ? { textIn: instructions, audioIn: said }
            : { textIn: 0, audioIn: 0, unknownIn: instructions + said };
          const used = countUsage(price, { ...input, textOut, audioOut, cachedIn: 0 });
          claimed = plus(claimed, { ...nothing, tokens: used.tokens, micros: used.micros });
          const possible = possibleIn(price, seconds, opening, defaultBounds);
          expect(believed(nothing, claimed, { possible, responses: 9 }).doubt).toBeUndefined();
          said += isInterrupted ? Math.ceil(audioOut / 6) : audioOut;
          if (!isInterrupted) seconds += agentSeconds - agentSeconds / 6;
        }
      }),
    );
  });

  it('is little for a call that has only begun', () => {
    const { tokens, micros } = possibleIn(price, 1, openingOf({ openingBytes: 'Help.[]'.length }), defaultBounds);
    expect(tokens).toBeLessThan(5_000);
    expect(micros).toBeLessThan(200_000);
    expect(responsesIn(1, defaultBounds)).toBe(126);
  });

  it('of a model that is billed by time is the price of its time', () => {
    const { micros } = possibleIn({ perMinute: 60_000, leastSeconds: 15 }, 55, 100, defaultBounds);
    expect(micros).toBe(60_000);
  });

  it('only grows with time', () => {
    fc.assert(
      fc.property(fc.nat(3_600), fc.nat(3_600), fc.nat(20_000), (one, more, opening) => {
        const [early, late] = [one, one + more].map((seconds) => possibleIn(price, seconds, opening, defaultBounds));
        expect(late?.tokens).toBeGreaterThanOrEqual(early?.tokens ?? 0);
        expect(late?.micros).toBeGreaterThanOrEqual(early?.micros ?? 0);
      }),
    );
  });
});

describe('what is believed of a report', () => {
  const amount = fc.record({ tokens: fc.nat(1_000_000_000), micros: fc.nat(1_000_000_000), seconds: fc.constant(0) });

  it('never falls, never passes what is allowed unless counted before, and names a doubt if it is not all', () => {
    fc.assert(
      fc.property(amount, amount, amount, (before, more, possible) => {
        const claimed = plus(before, more);
        const { counted, doubt } = believed(before, claimed, { possible, responses: 9 });
        for (const measure of ['tokens', 'micros'] as const) {
          expect(counted[measure]).toBeGreaterThanOrEqual(before[measure]);
          const most = Math.max(before[measure], possible[measure]);
          expect(counted[measure]).toBeLessThanOrEqual(most);
        }
        const isWhole = counted.tokens === claimed.tokens && counted.micros === claimed.micros;
        expect(doubt === undefined).toBe(isWhole);
      }),
    );
  });

  it('ends its call above half of the tokens or a quarter of the dollars of a day, or what was held for it', () => {
    const day = { tokens: 300_000, micros: 20_000_000, seconds: Infinity };
    expect(shareOf({ tokens: 27_000, micros: 9_000_000, seconds: 900 }, day, defaultBounds)).toEqual({
      ...{ tokens: 150_000, micros: 9_000_000, seconds: 0 },
    });
  });
});
