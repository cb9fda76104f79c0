import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshRedactionState, RedactionState, strictestPolicy } from '../mod.ts';
import { inPieces, someCuts } from './cards.fixture.ts';
import { cutLines } from './lines.ts';
import { each, leaving, type Message } from './talk.fixture.ts';

const said = (...texts: string[]): Message[] => texts.map((text) => ({ role: 'user', text }));
/**
 * Conversations of which a second look once found more than the first: a mark meant something else than what it stands
 * for.
 */
const onceFoundMore: readonly Message[][] = [
  [
    { role: 'user', text: 'pay' },
    { role: 'assistant', text: 'ending 22210' },
    ...said('1111 ending 10 [REDACTED:card]', '3782 phone', ''),
  ],
  said('pay', '4111', '77499', 'eleven 12/27', '3782 100 digits', ''),
  said('2221', 'ending 20 euros 3782'),
  said('expires', '3782 10000 eleven', '4111111111111111', '22210 10000 four phone'),
  said('cvv', '4111 4111 4111', '[REDACTED:card]', '4111 10 10000 iban'),
  said('ssn 1000 10000', '4111'),
  said('iban 4111 card DE89370400440532013000'),
  said('pay 22210 4111 4111', 'mil wait 66002'),
  said('[REDACTED:cvc]', '92020 100 4111'),
  said('22210', '10 won', 'sorry 4111111111111111 in 22210'),
];

const someUtterance = fc.record({
  role: fc.constantFrom<string>('user', 'assistant'),
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
        fc.constantFrom(
          'iban',
          'ssn',
          'cvv',
          'wait',
          'mil',
          'um',
          'una',
          'last',
          'DE89370400440532013000',
          '[REDACTED:cvc]',
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
  ): { places: (readonly Place[])[]; state: RedactionState } => {
    let state = freshRedactionState;
    const places = inPieces(messages, cuts).flatMap((batch) => {
      const heard = cutLines(state, batch, strictestPolicy, true);
      state = heard.state;
      return heard.cuts;
    });
    return { places, state };
  };
  const covers = (all: readonly Place[], some: readonly Place[]): boolean =>
    some.every(({ start, end }) => all.some((place) => place.start <= start && end <= place.end));

  it('leave the same state however a session is split', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        expect(cutsOf(messages, cuts).state).toEqual(cutsOf(messages, []).state);
      }),
      { numRuns: 300 },
    );
  });
  it('cut what single messages would, and leave no card', () => {
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
  it('hold no card, account or number of a person once they are redacted; what stands beside a mark may be found', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const once = leaving(messages, cuts).map((text, at) => ({ role: messages[at]?.role ?? '', text }));
        const kinds = cutsOf(once, cuts).places.flatMap((places) => places.map(({ kind }) => kind));
        expect(kinds.filter((kind) => ['card', 'iban', 'ssn'].includes(kind))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
  it.each(onceFoundMore.map((messages) => [messages]))('hold nothing more where they once did: %j', (messages) => {
    const once = leaving(messages, []).map((text, at) => ({ role: messages[at]?.role ?? '', text }));
    expect(leaving(once, [])).toEqual(once.map(({ text }) => text));
  });
  it('carry counts and sums of a bounded size, and no more than three digits of a card', () => {
    fc.assert(
      fc.property(someSession, ([messages, cuts]) => {
        const { state } = cutsOf(messages, cuts);
        expect(RedactionState.parse(state)).toEqual(state);
        expect(JSON.stringify(state).length).toBeLessThan(16_000);
      }),
    );
  });
});
