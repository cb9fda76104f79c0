import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { each, leaving, talk } from '../session/talk.fixture.ts';

const digits = {
  en: 'zero one two three four five six seven eight nine',
  de: 'null eins zwei drei vier fünf sechs sieben acht neun',
  es: 'cero uno dos tres cuatro cinco seis siete ocho nueve',
  fr: 'zéro un deux trois quatre cinq six sept huit neuf',
  it: 'zero uno due tre quattro cinque sei sette otto nove',
  pt: 'zero um dois três quatro cinco seis sete oito nove',
  nl: 'nul een twee drie vier vijf zes zeven acht negen',
};
type Language = keyof typeof digits;

/** For each language: a question, what is said before the code, and words that take one back. */
const talks: Readonly<Record<Language, readonly [asked: string, before: readonly string[], denied: string]>> = {
  en: [
    'And the CVV?',
    ['Hold on, I have to turn it over. Okay,', 'I have to find it. It says', 'Give me a moment, my glasses.'],
    'no',
  ],
  de: [
    'Und die CVV?',
    ['Moment, ich muss die Karte umdrehen.', 'Ich suche sie gerade noch. Da steht', 'Wo ist meine Brille? Ach hier,'],
    'nein',
  ],
  es: [
    '¿Y el CVV?',
    ['Espere, tengo que darle la vuelta.', 'Déjeme buscar mis gafas. Aquí pone', 'Un momento por favor. Dice'],
    'no',
  ],
  fr: [
    'Et le cryptogramme ?',
    ['Attendez, je dois retourner la carte.', 'Je cherche mes lunettes. Il y a', 'Je ne vois pas bien. Alors,'],
    'non',
  ],
  it: [
    'E il CVV?',
    ['Aspetti, devo girare la carta.', 'Devo cercare gli occhiali. Qui dice', 'Mi faccia vedere un attimo. Allora,'],
    'no',
  ],
  pt: [
    'E o CVV?',
    ['Espere, tenho de virar o cartão.', 'Deixe-me procurar os óculos. Aqui diz', 'Só um instante por favor. Então,'],
    'não',
  ],
  nl: [
    'En de CVC?',
    ['Wacht, ik moet hem omdraaien.', 'Ik zoek even mijn bril. Er staat', 'Waar staat dat precies? Ah hier,'],
    'nee',
  ],
};
const languages = Object.keys(talks) as Language[];

const spokenIn = (language: Language, code: string): string =>
  Array.from(code, (digit) => digits[language].split(' ')[Number(digit)]).join(' ');

/** What leaves of the last utterance. Four digits may have been cut as a card’s that begins. */
const answerTo = (asked: string, ...answer: string[]): string => {
  const messages = talk(`> ${asked}`, ...answer);
  return (
    leaving(messages, each(messages))
      .at(-1)
      ?.replaceAll(/REDACTED:(?:cvc|card)/g, 'REDACTED:cvc') ?? ''
  );
};

describe('a security code that was asked for', () => {
  /** For each language, what holds for whatever is said before the code. */
  const inEachLanguage = <More extends unknown[]>(
    title: string,
    openings: (before: readonly string[]) => readonly string[],
    more: { [N in keyof More]: fc.Arbitrary<More[N]> },
    examples: (before: readonly string[]) => [string, ...More][],
    holds: (of: Readonly<{ language: Language; asked: string; denied: string }>, words: string, ...more: More) => void,
  ): void =>
    it.each(languages)(`${title}: %s`, (language) => {
      const [asked, before, denied] = talks[language];
      const opening = fc.constantFrom(...openings(before));
      const property = fc.property(fc.tuple(opening, fc.tuple(...more)), ([words, rest]) =>
        holds({ language, asked, denied }, words, ...(rest as More)),
      );
      const first = examples(before).map(([words, ...rest]): [[string, More]] => [[words, rest]]);
      fc.assert(property, { numRuns: 100, examples: first as never });
    });

  inEachLanguage<[code: string, inWords: boolean]>(
    'is cut after any sentence, in figures and in words',
    (before) => before,
    [fc.stringMatching(/^[0-9]{3,4}$/), fc.boolean()],
    (before) => before.map((words) => [words, '737', true]),
    ({ language, asked }, words, code, inWords) => {
      const said = inWords ? spokenIn(language, code) : code;
      expect(answerTo(asked, `${words} ${said}.`)).toBe(`${words} [REDACTED:cvc].`);
    },
  );
  inEachLanguage<[code: string, size: number, apart: string]>(
    'leaves no digit, nor a digit of a corrected attempt',
    (before) => ['', ...before],
    [fc.stringMatching(/^[2-9]{3}$/), fc.integer({ min: 1, max: 3 }), fc.constantFrom(', ', '... ', '. ')],
    () => [['', '727', 2, ', ']],
    ({ language, asked, denied }, words, code, size, apart) => {
      const said = `${words} ${spokenIn(language, code.slice(0, size))}${apart}${denied}, ${spokenIn(language, code)}`;
      const left = answerTo(asked, said)
        .toLowerCase()
        .split(/[^\p{L}]+/u);
      const known = new Set(digits[language].split(' ').slice(2));
      expect(left.filter((word) => known.has(word))).toEqual([]);
    },
  );
  it.each([
    ['I think it is seven, three and then a seven', 'I think it is [REDACTED:cvc] and then a [REDACTED:cvc]'],
    ['seven three, sorry, seven two seven', '[REDACTED:cvc]'],
    ['So what I can see there is 737', 'So what I can see there is [REDACTED:cvc]'],
    ['seven three seven, yes, seven three seven', '[REDACTED:cvc]'],
    [
      'seven three seven. No wait, that was the other side, seven two seven',
      '[REDACTED:cvc]. No wait, that was the other side, [REDACTED:cvc]',
    ],
    ['hold on, my glasses. One two three four', 'hold on, my glasses. [REDACTED:cvc]'],
  ])('is cut in pieces, when it is said twice, and when it counts up: %s', (said, left) => {
    expect(answerTo('And the CVV?', said)).toBe(left);
  });
  it('is cut after “one second” and “take your time”, in a sentence of its own', () => {
    expect(
      answerTo('And the CVV?', 'Sure, one second...', '> Take your time.', 'Found it. It says right here 737'),
    ).toBe('Found it. It says right here [REDACTED:cvc]');
  });
  it.each([
    ['And the CVV?', 'One moment please, I am in room 319.'],
    ['And the CVV?', 'Sure. First tell me why it costs 120 dollars.'],
    ['And the CVV?', 'Can you call me back at 730?'],
    ['Und die CVV?', 'Gleich. Warum kostet das 250 Euro?'],
    ['¿Y el CVV?', 'Un momento. ¿Por qué son 250 euros?'],
    ['Et le cryptogramme ?', 'Un instant. Pourquoi 250 euros ?'],
    ['E il CVV?', 'Un attimo. Perché sono 250 euro?'],
    ['E o CVV?', 'Um momento. Por que são 250 reais?'],
    ['En de CVC?', 'Een moment. Waarom kost het 250 euro?'],
    ['And the CVV?', 'One second, it is the 14th of March 2027 today, is it not?'],
  ])('leaves a number that says what it is: %s %s', (asked, said) => {
    expect(answerTo(asked, said)).toBe(said);
  });
  it('leaves numbers in whole sentences that follow it', () => {
    expect(answerTo('And the CVV?', '737. And I would like to have 250 of those screws.')).toBe(
      '[REDACTED:cvc]. And I would like to have 250 of those screws.',
    );
    expect(answerTo('And the CVV?', '737', '> Thank you.', 'And I would like to have 250 of those screws')).toBe(
      'And I would like to have 250 of those screws',
    );
  });
});
