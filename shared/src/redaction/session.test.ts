import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCard, aManner, inPieces, someCuts, someProse, written } from './cards.given.ts';
import { hear } from './lines.ts';
import { Carry, freshCarry, lostCarry, redactSession, strictest } from './mod.ts';

type Message = { role: string; text: string };
const talk = (...texts: string[]): Message[] =>
  texts.map((text) => (text.startsWith('> ') ? { role: 'assistant', text: text.slice(2) } : { role: 'user', text }));

/** The texts that leave, when messages come in these batches. */
function leaving(messages: readonly Message[], cuts: readonly number[], carry = freshCarry): string[] {
  let now = carry;
  return inPieces(messages, cuts).flatMap((batch) => {
    const redacted = redactSession(now, batch, strictest);
    now = Carry.parse(JSON.parse(JSON.stringify(redacted.carry)));
    return redacted.messages.map(({ text }) => text);
  });
}
const each = (messages: readonly Message[]): number[] => messages.map((_, at) => at).slice(1);

describe('a card over several utterances', () => {
  it('is cut in all of them, over both sides', () => {
    const messages = talk('> And the card number?', '4111 1111', '> 4111 1111, go on', '1111', '> ok', 'eleven eleven');
    const expected = [
      'And the card number?',
      '[REDACTED:card]',
      '[REDACTED:card], go on',
      '[REDACTED:card]',
      'ok',
      '[REDACTED:card]',
    ];
    expect(leaving(messages, [])).toEqual(expected);
    expect(leaving(messages, each(messages))).toEqual(expected);
  });
  it('has its code and expiry cut when they come later', () => {
    const messages = talk(
      'card 4111111111111111',
      '> Thank you. When does it expire?',
      '12 27',
      '> And the code on the back?',
      'one two three',
    );
    const expected = [
      'card [REDACTED:card]',
      'Thank you. When does it expire?',
      '[REDACTED:expiry]',
      'And the code on the back?',
      '[REDACTED:cvc]',
    ];
    expect(leaving(messages, [])).toEqual(expected);
    expect(leaving(messages, each(messages))).toEqual(expected);
  });
  it('goes on after a carry was lost, and its end is cut', () => {
    const [batch] = [talk('1111 1111 1111')];
    expect(redactSession(lostCarry, batch, strictest).messages[0]?.text).toBe('[REDACTED:card]');
  });
});

describe('what is no card', () => {
  it.each([
    [talk('> What is your phone number?', '415 555 0123', '> And your order number?', '45123398')],
    [talk('> When were you born?', '30.12.1985', '> How many tickets?', 'four')],
    [talk('I paid 4512 dollars for 4 tickets on order 55123398')],
    [talk('> Which card did you use?', 'the one ending in 4242')],
  ])('stays: %j', (messages) => {
    expect(leaving(messages, each(messages))).toEqual(messages.map(({ text }) => text));
  });
});

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
  type Place = Readonly<{ start: number; end: number }>;
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
      { numRuns: 1000 },
    );
  });
  it('cut what single messages would, and what the whole would not they do not', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const [single, some, whole] = [cutsOf(messages, each(messages)), cutsOf(messages, cuts), cutsOf(messages, [])];
        for (const at of messages.keys()) {
          expect(covers(some.places[at] ?? [], single.places[at] ?? [])).toBe(true);
          expect(covers(whole.places[at] ?? [], some.places[at] ?? [])).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
  it('that were redacted have nothing more to find', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const once = leaving(messages, cuts).map((text, at) => ({ role: messages[at]?.role ?? '', text }));
        expect(leaving(once, cuts)).toEqual(once.map(({ text }) => text));
      }),
      { numRuns: 1000 },
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

/** A card cut in two to four parts of three digits or more, each in an utterance that says little else, with acknowledgements between. */
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
    manner: Parameters<typeof written>[1];
    acknowledged: string[];
    prose: string[];
  }) =>
    digits.flatMap((part, at): Message[] => [
      { role: 'user', text: `${prose[at]} ${written(part, manner)}` },
      { role: 'assistant', text: acknowledged[at] ?? 'ok' },
    ]);
  const kept = (messages: readonly Message[], texts: readonly string[]): number =>
    texts.filter((text, at) => at % 2 === 0 && text === messages[at]?.text).length;

  it('leaves nothing in one batch', () => {
    fc.assert(
      fc.property(someSplit, (split) => {
        const messages = spoken(split);
        const texts = leaving(messages, []);
        for (const [at, text] of texts.entries())
          if (at % 2 === 0) expect(text).toBe(`${split.prose[at / 2]} [REDACTED:card]`);
      }),
      { numRuns: 1000 },
    );
  });
  it('leaves at most the part before its fourth digit in any batches, once somebody spoke of a card', () => {
    fc.assert(
      fc.property(someSplit, fc.nat(), (split, seed) => {
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
      { numRuns: 1000 },
    );
  });
  it('leaves at most ten digits, all from its beginning, in any batches and without a word of it', () => {
    fc.assert(
      fc.property(someSplit, fc.nat(), (split, seed) => {
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
      { numRuns: 1000 },
    );
  });
});
