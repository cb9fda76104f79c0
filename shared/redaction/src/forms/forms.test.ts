import { describe, expect, it } from 'vitest';
import { unknownRedactionState } from '../mod.ts';
import { each, leaving, talk } from '../session/talk.fixture.ts';

const card = 'My card number is 5555 5555 5555 4444.';
const last = (...texts: string[]): string | undefined => leaving(talk(...texts), each(talk(...texts))).at(-1);

describe('a number of a known form', () => {
  it.each([
    'ping 45.39.148.80 from 192.168.4.24',
    'the servers 10.0.0.1 and 45.39.148.80',
    'nineteen forty-five, nineteen fifty-three, and nineteen eighty-eight',
    'zwischen vierzehn Uhr dreißig und fünfzehn Uhr fünfundvierzig',
    'entre quatro e meia e cinco e quinze',
    'tra le quattordici e trenta e le quindici e quarantacinque',
    'May 28th',
    'Am Markt 453, 53111 Bonn',
    'Gran Vía 453, 28013 Madrid',
    'am vierten März zweitausendvierundzwanzig',
    'el cuatro de marzo de dos mil veinticuatro',
    'me costó cuatrocientos cincuenta y tres',
    'es hat vierhundertdreiundfünfzig gekostet',
    'le relevé est 45391',
    'MAC 45:39:14:88:03:43',
    'the house was built in nineteen eighty-four',
    'commit 45391488a0',
    "it's ten past four already",
  ])('stays, after a card or a lost state too: %s', (text) => {
    expect(last(text)).toBe(text);
    expect(last(card, text)).toBe(text);
    expect(leaving(talk(text), [], unknownRedactionState)).toEqual([text]);
  });
  it('is no address of a machine when it is a card in pairs', () => {
    expect(last('45.39.14.88 03.43.64.67')).toBe('[REDACTED:card]');
  });
});
