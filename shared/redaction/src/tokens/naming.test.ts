import { describe, expect, it } from 'vitest';
import { each, leaving, talk } from '../session/talk.fixture.ts';

const card = 'My card number is 5555 5555 5555 4444.';
/** What leaves of the last utterance, at a call’s beginning and soon after a card. */
const last = (...texts: string[]): (string | undefined)[] =>
  [talk(...texts), talk(card, ...texts)].map((messages) => leaving(messages, each(messages)).at(-1));
const stays = (...texts: string[]): void => {
  const text = texts.at(-1)?.replace(/^> /, '');
  expect(last(...texts)).toEqual([text, text]);
};

describe('a number that says what it is', () => {
  it.each([
    'Vertragskonto 5512 0093 4471',
    'Aktenzeichen 4 O 539/14',
    'notre SIRET est le 380 129 866 468',
    'toestel 904',
    'Durchwahl 904',
    'der ICE 453',
    'le TGV 4539',
    'il Frecciarossa 9453',
    'nota fiscal 4539148',
    'partita IVA 45391488032',
    'Hauptstraße 45, 53913 Swisttal',
    'Herengracht 453, 1017 Amsterdam',
    'my passport expires 05/28',
    'size 45, 39 inseam',
    'Berliner Allee 453, 40212 Düsseldorf',
    '453 avenue Jean Jaurès, 69007 Lyon',
    'avenida Paulista 453, apto 91',
    'corso Italia 453, 20122 Milano',
    'mein Führerschein ist bis August 2029 gültig',
    'el carnet caduca en agosto de 2029',
    'the deadline is 08/29',
    'channel 453',
    'text me at 5105550188',
  ])('stays, after a card too: %s', (text) => {
    stays(text);
  });
  it.each([
    ['> La lettura del contatore?', 'quattro cinque tre nove uno'],
    ['> Wat is de meterstand?', 'vier vijf drie negen een'],
    ['> Qual a leitura do medidor?', 'quatro cinco três nove um'],
    ['> Bitte nennen Sie die TAN.', 'vier acht zwei neun eins drei'],
    ['> Un recapito telefonico?', 'tre quattro sette uno due tre quattro cinque sei otto'],
    ['> Numero civico?', '319'],
    ['> Three digit department code?', '904'],
    ['> Zip code for the card?', 'one double oh one two'],
    ['> Number to call you back on?', 'four one five'],
    ['> You were charged two forty-nine.'],
    ['> Ages of the children?', 'four, five and eleven'],
  ])('stays where somebody asked for it or it was paid: %s %s', (...texts) => {
    stays(...texts);
  });
  it.each([
    ['> How much would you like to pay?', 'two forty-nine'],
    ['> ¿Cuánto quiere pagar?', 'doscientos cuarenta y nueve'],
    ['> Combien souhaitez-vous payer ?', 'deux cent quarante-neuf'],
    ['> Welchen Betrag möchten Sie zahlen?', 'zweihundertneunundvierzig'],
    ['> Quanto vuole pagare?', 'duecentoquarantanove'],
    ['> Quanto quer pagar?', 'duzentos e quarenta e nove'],
    ['> Hoeveel wilt u betalen?', 'tweehonderdnegenenveertig'],
    ['> What time should we pick you up?', 'five fifteen'],
    ['> Um wie viel Uhr?', 'fünf fünfzehn'],
    ['> ¿A qué hora?', 'cinco quince'],
    ['> Which day suits you?', 'twenty-eight'],
  ])('stays as an amount, a time or a day that was asked for: %s %s', (...texts) => {
    stays(...texts);
  });
});

describe('a word that names a number in one language and means something else in another', () => {
  it.each([
    ['> O número do cartão?', '4539 1489', '> Sim', '0343'],
    ['> Kaartnummer?', '4539 1489', '> Ga maar door', '0343'],
    ['> Numéro de carte ?', '4539 1489', '> Et la suite ?', '0343'],
    ['> Numéro de carte ?', 'je ne vois pas bien', '4539 1489'],
    ['> Numero di carta?', '4539 1489', '> Più piano, per favore', '0343'],
    ['> Card number?', '4539 1489', '> Thanks a lot. And the second part?', '0343'],
    ['> Kartennummer?', '4539 1489', '> Und der zweite Teil?', '0343'],
    ['> Card number?', '4539 1489', '> In that case, go on', '0343'],
  ])('does not end the question for a card: %s %s %s %s', (...texts) => {
    expect(last(...texts)).toEqual(['[REDACTED:card]', '[REDACTED:card]']);
  });
  it.each(['née le 5 12 1981', 'the door 4821', 'I need part 5105-4421-09', 'case 4539148'])(
    'names a number where it does: %s',
    (text) => {
      stays(text);
    },
  );
});
