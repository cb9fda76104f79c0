import { describe, expect, it } from 'vitest';
import { each, leaving, talk } from '../session/talk.fixture.ts';

const left = (...texts: string[]): string[] => leaving(talk(...texts), each(talk(...texts)));
const card = '4539 1488 0343 6467';

describe('the last four digits of a card', () => {
  it.each([
    ['What are the last four digits of the card on file?', '6467'],
    ['Last four of your card?', 'six four six seven'],
    ['¿Los últimos cuatro dígitos de su tarjeta?', 'seis cuatro seis siete'],
    ['Les quatre derniers chiffres de votre carte ?', 'soixante-quatre soixante-sept'],
    ['Die letzten vier Ziffern Ihrer Karte?', 'vierundsechzig siebenundsechzig'],
    ['Le ultime quattro cifre della carta?', 'sei quattro sei sette'],
    ['Os quatro últimos dígitos do cartão?', 'meia quatro meia sete'],
    ['De laatste vier cijfers van uw kaart?', 'zes vier zes zeven'],
  ])('stay where they were asked for by themselves: %s %s', (asked, said) => {
    expect(left(`> ${asked}`, said).at(-1)).toBe(said);
    expect(left(card, `> ${asked}`, said).at(-1)).toBe(said);
  });
  it.each([
    'I have the card **** **** **** 6467 on file',
    'It is xxxx-xxxx-xxxx-6467',
    'la que termina en 6467',
    'die mit der Endung 6467',
    'aquele com final 6467',
    'die eindigt op 6467',
    'die Karte, die auf 6467 endet',
  ])('stay where they are named or the others are masked, after a card too: %s', (said) => {
    expect(left(said)).toEqual([said]);
    expect(left(card, said).at(-1)).toBe(said);
  });
  it('are cut where they end a card that was said before', () => {
    expect(left('> Card number?', '4539 1488 0343', '> And the last four digits of your card?', '6467').at(-1)).toBe(
      '[REDACTED:card]',
    );
    expect(
      left('> First four?', '4539', '> Next four?', '1488', '> And then?', '0343', '> The last four?', '6467'),
    ).toEqual([
      'First four?',
      '[REDACTED:card]',
      'Next four?',
      '[REDACTED:card]',
      'And then?',
      '[REDACTED:card]',
      'The last four?',
      '[REDACTED:card]',
    ]);
  });
});
