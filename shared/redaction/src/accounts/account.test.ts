import { describe, expect, it } from 'vitest';
import { each, leaving, talk } from '../session/talk.fixture.ts';

const left = (...texts: string[]): string[] => leaving(talk(...texts), each(talk(...texts)));

describe('an account number over several utterances', () => {
  it.each([
    ['> Diga-me o IBAN.', 'PT50 0002 0123', '> Sim', '1234 5678', '> Sim', '9015 4'],
    ['> Uw rekeningnummer?', 'NL91 ABNA', '> Ja', '0417 1643', '> En?', '00'],
    ['> Go on.', 'GB82 WEST', '> Yes?', '1234 5698', '> Okay', '7654 32'],
  ])('is cut in all of them: %s %s', (...texts) => {
    const said = texts.filter((text) => !text.startsWith('> '));
    expect(left(...texts).filter((_, at) => at % 2 === 1)).toEqual(said.map(() => '[REDACTED:iban]'));
  });
});

describe('the country of an account number', () => {
  it.each(['I di Imola T di Torino 60 X 05428 11101 000000123456', 'N van Nico L van Lodewijk 91 ABNA 0417 1643 00'])(
    'is cut with it when it is spelled by names: %s',
    (said) => {
      expect(left('> IBAN?', said).at(-1)).toBe('[REDACTED:iban]');
    },
  );
});
