import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFormed, isGroupedOtherwise } from '../forms/forms.ts';
import { runsOf } from '../forms/runs.ts';
import { lex } from '../tokens/lex.ts';
import { aCard, aManner, type Manner, someProse, written } from './cards.fixture.ts';
import { each, leaving, type Message } from './talk.fixture.ts';

/**
 * A card cut in two to four parts of three digits or more, each in an utterance that says little else, with
 * acknowledgements between.
 */
const someSplit = fc
  .tuple(
    aCard,
    aManner,
    fc.integer({ min: 2, max: 4 }),
    fc.array(fc.constantFrom('ok', 'yes', 'mhm, go on', 'sí', 'weiter bitte'), { minLength: 4, maxLength: 4 }),
    fc.array(someProse(2), { minLength: 4, maxLength: 4 }),
  )
  .chain(([card, manner, parts, acknowledged, prose]) =>
    fc
      .array(fc.integer({ min: 0, max: 100 }), { minLength: parts, maxLength: parts })
      .map((weights) => ({ digits: shared(card, weights), manner, acknowledged, prose })),
  );

/** Three digits for each, and the rest by weight. */
function shared(card: string, weights: readonly number[]): string[] {
  const sizes = weights.map(() => 3);
  for (let left = card.length - 3 * sizes.length, _at = 0; left > 0; left -= 1, _at += 1) {
    const heaviest = weights.map((weight, place) => weight - 10 * (sizes[place] ?? 0));
    const place = heaviest.indexOf(Math.max(...heaviest));
    sizes[place] = (sizes[place] ?? 0) + 1;
  }
  let from = 0;
  return sizes.map((size) => {
    from += size;
    return card.slice(from - size, from);
  });
}

describe('a card in parts', () => {
  const spoken = ({
    digits,
    manner,
    acknowledged,
    prose,
  }: {
    digits: string[];
    manner: Manner;
    acknowledged: string[];
    prose: string[];
  }) =>
    digits.flatMap((part, at): Message[] => [
      { role: 'user', text: `${prose[at]} ${written(part, manner)}` },
      { role: 'assistant', text: acknowledged[at] ?? 'ok' },
    ]);
  const kept = (messages: readonly Message[], texts: readonly string[]): number =>
    texts.filter((text, at) => at % 2 === 0 && text === messages[at]?.text).length;

  const isFormedOtherwise = (text: string): boolean =>
    runsOf(text, lex(text)).some(
      (run) => run.shaped || run.signed || isFormed(text, run) || isGroupedOtherwise(text, run),
    );
  /** “4.0.0.0”: a version or an address. */
  const hasFormedPart = ({ digits, manner }: { digits: string[]; manner: Manner }): boolean =>
    digits.some((part) => isFormedOtherwise(written(part, manner)));

  it('leaves nothing in one batch, unless a part has the form of something else', () => {
    fc.assert(
      fc.property(someSplit, (split) => {
        fc.pre(!hasFormedPart(split));
        const messages = spoken(split);
        const texts = leaving(messages, []);
        for (const [at, text] of texts.entries())
          if (at % 2 === 0) expect(text).toBe(`${split.prose[at / 2]} [REDACTED:card]`);
      }),
      { numRuns: 300 },
    );
  });
  it('leaves at most the part before its fourth digit in any batches, once somebody spoke of a card, unless it begins in the form of something else', () => {
    fc.assert(
      fc.property(someSplit, fc.nat(), (split, seed) => {
        fc.pre(!isFormedOtherwise(written(split.digits[0] ?? '', split.manner)));
        const messages = [
          { role: 'assistant', text: 'Your card number, please' },
          { role: 'assistant', text: 'ok' },
          ...spoken(split),
        ];
        const cuts = each(messages).filter((at) => (seed >> at) & 1);
        const texts = leaving(messages, cuts);
        const free = split.digits[0]?.length === 3 ? 1 : 0;
        expect(kept(messages, texts) - 1).toBeLessThanOrEqual(free);
      }),
      { numRuns: 300 },
    );
  });
  it('leaves at most ten digits, all from its beginning, in any batches and without a word of it, unless a part has the form of something else', () => {
    fc.assert(
      fc.property(someSplit, fc.nat(), (split, seed) => {
        fc.pre(!hasFormedPart(split));
        const messages = spoken(split);
        const texts = leaving(
          messages,
          each(messages).filter((at) => (seed >> at) & 1),
        );
        const left = split.digits.map((part, at) => (texts[2 * at] === messages[2 * at]?.text ? part.length : 0));
        const first = left.indexOf(0);
        expect(left.slice(first).every((count) => count === 0)).toBe(true);
        expect(left.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(10);
      }),
      { numRuns: 300 },
    );
  });
  it('leaves at most its first three digits in any batches when another card was said before, unless it begins in the form of something else', () => {
    fc.assert(
      fc.property(someSplit, aCard, aManner, fc.nat(), (split, other, manner, seed) => {
        fc.pre(!isFormedOtherwise(written(split.digits[0] ?? '', split.manner)));
        const messages = [{ role: 'user', text: `this one: ${written(other, manner)}` }, ...spoken(split)];
        const texts = leaving(
          messages,
          each(messages).filter((at) => (seed >> at) & 1),
        ).slice(1);
        for (const [at, part] of split.digits.entries())
          if (at > 0 || part.length > 3) expect(texts[2 * at]).not.toBe(messages[2 * at + 1]?.text);
      }),
      { numRuns: 300 },
    );
  });
  it('shows none of its digits in a part that is cut, but an “oh” before it', () => {
    fc.assert(
      fc.property(someSplit, fc.nat(), (split, seed) => {
        const messages = [{ role: 'assistant', text: 'Your card number, please' }, ...spoken(split)];
        const texts = leaving(
          messages,
          each(messages).filter((at) => (seed >> at) & 1),
        );
        for (const [at, text] of texts.entries()) {
          if (at % 2 === 0 || text === messages[at]?.text) continue;
          const rest = text.replace('[REDACTED:card]', '').replace(split.prose[(at - 1) / 2] ?? '', '');
          expect(rest.trim().replace(/^oh\P{L}*/u, '')).toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });
});
