import { describe, expect, it } from 'vitest';
import { each, leaving, talk } from '../session/talk.fixture.ts';

const left = (...texts: string[]): string[] => leaving(talk(...texts), each(talk(...texts)));

describe('an expiry that was asked for', () => {
  it.each([
    ['Expiration date?', '05/28'],
    ['When does the card expire?', 'May twenty twenty-eight'],
    ['And the expiry?', 'oh five, two eight'],
    ['Card expiration?', "May of '28"],
    ['Valid through?', 'five twenty-eight'],
    ['¿Fecha de caducidad?', 'cero cinco veintiocho'],
    ['¿Cuándo vence la tarjeta?', 'mayo de dos mil veintiocho'],
    ['¿Vencimiento?', 'cinco barra veintiocho'],
    ['E o vencimento?', '08/29'],
    ['¿Vigencia?', '08/29'],
    ['Expiry?', 'eighth of twenty-nine'],
    ["La date d'expiration ?", 'zéro cinq vingt-huit'],
    ['Elle expire quand, votre carte ?', 'mai deux mille vingt-huit'],
    ['Ablaufdatum?', 'null fünf achtundzwanzig'],
    ['Bis wann ist die Karte gültig?', 'Mai zweitausendachtundzwanzig'],
    ['Gültig bis?', 'fünf Schrägstrich achtundzwanzig'],
    ['La scadenza?', 'zero cinque ventotto'],
    ['Quando scade la carta?', 'maggio duemilaventotto'],
    ['A validade?', 'zero cinco vinte e oito'],
    ['Quando vence o cartão?', 'maio de dois mil e vinte e oito'],
    ['De vervaldatum?', 'nul vijf achtentwintig'],
    ['Tot wanneer is de kaart geldig?', 'mei tweeduizend achtentwintig'],
    ['Vervaldatum?', 'vijf streep achtentwintig'],
  ])('is cut, although no card was said: %s %s', (asked, said) => {
    expect(left(`> ${asked}`, said).at(-1)).toBe('[REDACTED:expiry]');
  });
  it.each([
    ['¿Cuándo caduca?', 'la tarjeta, en septiembre de 2030'],
    ['Quando vence?', 'o cartão, em setembro de 2030'],
    ['When does it expire?', 'the card, in September 2030'],
  ])('is cut where the answer names the card: %s %s', (asked, said) => {
    expect(left(`> ${asked}`, said).at(-1)).toMatch(/ \[REDACTED:expiry\]$/);
  });
  it.each(['5204 6864 7922 6119 date 09/30', '5204 6864 7922 6119 con fecha 09/30', '5204 6864 7922 6119 data 09/30'])(
    'is cut as the date beside a card: %s',
    (said) => {
      expect(left(said)[0]).toMatch(/ \[REDACTED:expiry\]$/);
    },
  );
  it('is cut with the code where both were asked for', () => {
    expect(left('5399 7199 5574 2476', '> And the expiration and CVV?', 'nine thirty, one one eight').at(-1)).toBe(
      '[REDACTED:expiry], [REDACTED:cvc]',
    );
  });
  it('is cut as a month and a year beside a card, and behind a code, which is no day of its month', () => {
    expect(left('4539 1488 0343 6467, September 2030')).toEqual(['[REDACTED:card], [REDACTED:expiry]']);
    for (const code of ['nine oh four', '904'])
      expect(left(`4539 1488 0343 6467, ${code}, September 2030`)[0]).not.toMatch(/2030|nine|904/);
    expect(left('4539 1488 0343 6467', '> When are you travelling?', 'September 2030').at(-1)).toBe('September 2030');
  });
  it('is cut in halves that are asked for one by one', () => {
    expect(left('4539 1488 0343 6467', '> Expiration month?', '05', '> And the year?', '2028')).toEqual([
      '[REDACTED:card]',
      'Expiration month?',
      '[REDACTED:expiry]',
      'And the year?',
      '[REDACTED:expiry]',
    ]);
  });
  it.each([
    ['When does your passport expire?', 'May 2028'],
    ['When does the offer expire?', 'May 28th'],
    ['Wann läuft der Vertrag ab?', 'Mai 2028'],
    ['¿Cuándo caduca el pasaporte?', 'mayo de 2028'],
    ['Good. And when were you born?', 'May 1981'],
    ['Does that sound good?', 'ten thirty'],
    ["When's good?", 'four forty-five'],
  ])('is none where something else runs out: %s %s', (asked, said) => {
    expect(left(`> ${asked}`, said).at(-1)).toBe(said);
  });
});

describe('a security code', () => {
  it.each([
    ['Security code?', 'nine', 'oh', 'four'],
    ['Der CVC-Code?', 'neun', 'null vier'],
    ['¿Código de seguridad de la tarjeta?', 'nueve', 'cero cuatro'],
    ['Le CVV ?', 'neuf', 'zéro quatre'],
    ['Il codice di sicurezza della carta?', 'nove', 'zero quattro'],
    ['Código de segurança do cartão?', 'nove', 'zero quatro'],
    ['De beveiligingscode van de kaart?', 'negen', 'nul vier'],
  ])('is cut in pieces over several utterances: %s %s', (asked, ...pieces) => {
    expect(left(`> ${asked}`, ...pieces).slice(1)).toEqual(pieces.map(() => '[REDACTED:cvc]'));
  });
  it.each([
    ['the verification code is 904', 'the verification code is [REDACTED:cvc]'],
    ['el código de verificación es 904', 'el código de verificación es [REDACTED:cvc]'],
    ['code de vérification neuf zéro quatre', 'code de vérification [REDACTED:cvc]'],
    ['and the CVB is 904', 'and the CVB is [REDACTED:cvc]'],
    ['"securityCode":904', '"securityCode":[REDACTED:cvc]'],
    ['the verification code is 482913', 'the verification code is 482913'],
    ['the verification code is 482 913', 'the verification code is 482 913'],
  ])('with three digits is cut by each of its names, with no card said: %s', (said, expected) => {
    expect(left(said)).toEqual([expected]);
  });
  it.each([
    ['¿Me dice los tres numeritos de atrás?', 'son nueve cero cuatro'],
    ['Et les trois petits chiffres derrière ?', "c'est neuf cent quatre"],
    ['E i tre numerini dietro?', 'sono nove zero quattro'],
    ['And the three little digits on the back?', 'nine oh four'],
    ['Der dreistellige Code?', 'siebenhunderteinundsiebzig'],
    ['¿El código de tres dígitos?', 'setecientos setenta y uno'],
    ['¿Y los tres dígitos de seguridad?', 'uno uno ocho'],
    ['Et les trois chiffres de sécurité ?', 'un un huit'],
    ['E le tre cifre di sicurezza?', 'uno uno otto'],
    ['E os três dígitos de segurança?', 'um um oito'],
    ['En de drie veiligheidscijfers?', 'een een acht'],
    ['Und die drei Sicherheitsziffern?', 'eins eins acht'],
    ['Le code à trois chiffres ?', 'sept sept un'],
    ['Il codice di tre cifre?', 'settecentosettantuno'],
    ['O código de três dígitos?', 'setecentos e setenta e um'],
    ['De driecijferige code?', 'zevenhonderdeenenzeventig'],
    ['The three-digit code?', 'seven seven one'],
    ['There should be a four-digit code on the front.', '7714'],
  ])('is cut where it was asked for by its place: %s %s', (asked, said) => {
    expect(left(`> ${asked}`, said).at(-1)).toMatch(/\[REDACTED:cvc\]$/);
  });
  it.each(['ce uve uve nueve cero cuatro', 'ci vu vu nove zero quattro', 'controlegetal van de kaart negen nul vier'])(
    'is cut behind its name: %s',
    (said) => {
      expect(left(said)[0]).toMatch(/ \[REDACTED:cvc\]$/);
    },
  );
  it('is cut when it is put right', () => {
    expect(left('> Sorry, was the CVV 771?', 'no, 717').at(-1)).toBe('no, [REDACTED:cvc]');
  });
  it('is cut behind an expiry, and before a postcode, on one line', () => {
    expect(left('4539 1488 0343 6467, 0829, 771, 10012')).toEqual([
      '[REDACTED:card], [REDACTED:expiry], [REDACTED:cvc], 10012',
    ]);
  });
  it('is no amount behind it', () => {
    expect(left('{"pan":"4539148803436467","cvv":904},"amount":4999')).toEqual([
      '{"pan":"[REDACTED:card]","cvv":[REDACTED:cvc]},"amount":4999',
    ]);
    expect(left('4539 1488 0343 6467', '> Your total is $82.50').at(-1)).toBe('Your total is $82.50');
  });
  it('is cut beside the one it is told from', () => {
    expect(left("> What's your CVV?", '904', '> Was that 904 or 914?').at(-1)).toBe(
      'Was that [REDACTED:cvc] or [REDACTED:cvc]?',
    );
  });
});
