import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPieces, someCuts } from './cards.given.ts';
import { hear } from './lines.ts';
import { Carry, freshCarry, strictest } from './mod.ts';
import { each, leaving, type Message } from './talk.given.ts';

const someUtterance = fc.record({
  role: fc.constantFrom('user', 'assistant'),
  text: fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'card',
          'code',
          'expires',
          'phone',
          'pay',
          'and',
          'uh',
          'ok',
          'really',
          'ending',
          'euros',
          'digits',
          '4111',
          '1111',
          '12/27',
          '123',
        ),
        fc.constantFrom(
          'four',
          'eleven',
          'double',
          'quatre',
          'vingt',
          'oh',
          '4111111111111111',
          '3782',
          '[REDACTED:card]',
        ),
        fc.nat(99999).map(String),
      ),
      { maxLength: 6 },
    )
    .map((words) => words.join(' ')),
});
const someSession = fc
  .array(someUtterance, { minLength: 1, maxLength: 10 })
  .chain((messages) => fc.tuple(fc.constant(messages), someCuts(messages.length)));

describe('batches', () => {
  type Place = Readonly<{ start: number; end: number; kind: string }>;
  const isCard = ({ kind }: Place): boolean => kind === 'card' || kind === 'card-part';
  const cutsOf = (
    messages: readonly Message[],
    cuts: readonly number[],
  ): { places: (readonly Place[])[]; carry: Carry } => {
    let carry = freshCarry;
    const places = inPieces(messages, cuts).flatMap((batch) => {
      const heard = hear(carry, batch, strictest, true);
      carry = heard.carry;
      return heard.cuts;
    });
    return { places, carry };
  };
  const covers = (all: readonly Place[], some: readonly Place[]): boolean =>
    some.every(({ start, end }) => all.some((place) => place.start <= start && end <= place.end));

  it('leave the same carry however they are made', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        expect(cutsOf(messages, cuts).carry).toEqual(cutsOf(messages, []).carry);
      }),
      { numRuns: 300 },
    );
  });
  it('cut what single messages would, and no card that the whole would leave', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const [single, some, whole] = [cutsOf(messages, each(messages)), cutsOf(messages, cuts), cutsOf(messages, [])];
        for (const at of messages.keys()) {
          expect(covers(some.places[at] ?? [], single.places[at] ?? [])).toBe(true);
          expect(covers(whole.places[at] ?? [], (some.places[at] ?? []).filter(isCard))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
  it('that were redacted have nothing more to find', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const once = leaving(messages, cuts).map((text, at) => ({ role: messages[at]?.role ?? '', text }));
        expect(leaving(once, cuts)).toEqual(once.map(({ text }) => text));
      }),
      { numRuns: 300 },
    );
  });
  it('carry counts and sums of a bounded size, and no more than three digits of a card', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const { carry } = cutsOf(messages, cuts);
        expect(Carry.parse(carry)).toEqual(carry);
        expect(JSON.stringify(carry).length).toBeLessThan(16_000);
      }),
    );
  });
});
