import { describe, expect, it } from 'vitest';
import { redactText, strictestPolicy } from '../mod.ts';

const shown = (text: string, policy = strictestPolicy): string => redactText(text, policy).text;

describe('a card number in a text', () => {
  it.each([
    ['plain', '4111111111111111'],
    ['spaced', '4111 1111 1111 1111'],
    ['dashed', '4111-1111-1111-1111'],
    ['dotted', '4111.1111.1111.1111'],
    ['in mixed separators', '4111 / 1111--1111 . 1111'],
    ['as American Express groups it', '3782 822463 10005'],
    ['in full-width digits', '４１１１　１１１１　１１１１　１１１１'],
    ['in Arabic-Indic digits', '٤١١١ ١١١١ ١١١١ ١١١١'],
    ['in circled and keycap figures', '④①①① 1️⃣1️⃣1️⃣1️⃣ ¹¹¹¹ 𝟏𝟏𝟏𝟏'],
    ['with zero-width characters between', '4111\u200b1111\u200b1111\u200b1111'],
    ['word by word', 'four one one one one one one one one one one one one one one one'],
    ['with double, triple and times', 'four triple one, four ones, double one double one, two times one, double one'],
    ['with oh for zero', 'five five oh oh oh oh oh oh o o o o zero zero oh four'],
    ['by tens', 'forty-one eleven eleven eleven eleven eleven eleven eleven'],
    ['by hundreds', 'forty-one hundred eleven, eleven hundred eleven, eleven eleven, eleven eleven'],
    ['as thousands', 'four thousand one hundred and eleven, one thousand one hundred eleven, eleven eleven, 1111'],
    ['in words and digits', '4111 one one one one, uh, and then eleven eleven 1 1 1 1'],
    ['in Spanish', 'cuarenta y uno once, uno uno uno uno, eh, mil ciento once, y luego once once'],
    ['in French', 'quarante et un onze, onze onze, mille cent onze, euh, cent onze un'],
    ['in German', 'einundvierzig elf, elf elf, eintausendeinhundertelf, äh, elfhundertelf'],
    [
      'in French with soixante-dix and quatre-vingt',
      'cinquante-deux soixante-quinze quatre-vingt-dix-neuf quatre-vingt-un quinze zéro zéro soixante et onze soixante-treize',
    ],
    [
      'in German with zwo and doppel',
      'zwo zwo zwo eins, doppel null, doppel null, dreimal die null, viermal null, neun',
    ],
    [
      'that says which digits come next',
      '4111, then the next four digits are 1111, and then it says 1111 followed by 1111',
    ],
  ])('is cut when written %s', (_how, card) => {
    expect(shown(`My number is ${card}.`)).toMatch(/^My number is (?:\[REDACTED:card\][^0-9]*)+\.$/);
  });

  it('keeps its last four digits only if the policy says so', () => {
    expect(shown('4111 1111 1111 1111', { ...strictestPolicy, keepLastFour: true })).toBe('[REDACTED:card …1111]');
  });
  it('is counted and never shown', () => {
    expect(redactText('4111111111111111 and 5500 0000 0000 0004', strictestPolicy).found).toEqual([
      { kind: 'card', count: 2 },
    ]);
  });
});

describe('what stays', () => {
  it.each([
    'Order 4111111111111112 is late',
    'call me at +1 (415) 555-0123 or 415 555 0124',
    'born on 12/05/1987, moved 2024-05-06T12:30:45.123Z',
    'postcode 94105-1234, SW1A 1AA',
    'tracking 9400 1118 9922 3197 4284 90 and 1Z999AA10123456784',
    'id 550e8400-e29b-41d4-a716-446655440000',
    'one moment, I have two questions for the three of you',
    'IMEI 356938035643809, ICCID 8944500102198304826',
    'your card ending in 4242',
    'the security code of the door is 1234',
  ])('%s', (text) => {
    expect(redactText(text, { ...strictestPolicy })).toEqual({ text, found: [] });
  });
});

describe('what belongs to a card', () => {
  it.each([
    ['4111 1111 1111 1111, 12/27, 123', '[REDACTED:card], [REDACTED:expiry], [REDACTED:cvc]'],
    ['4111111111111111 expires March 2027', '[REDACTED:card] expires [REDACTED:expiry]'],
    ['378282246310005 security code one two three four', '[REDACTED:card] security code [REDACTED:cvc]'],
    ['expiry 12/27, card 4111111111111111', 'expiry [REDACTED:expiry], card [REDACTED:card]'],
    ['the CVV is 123', 'the CVV is [REDACTED:cvc]'],
    ['4111111111111111, gültig bis zwölf siebenundzwanzig', '[REDACTED:card], gültig bis [REDACTED:expiry]'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });
});

describe('bank accounts and social security numbers', () => {
  it('are cut by policy', () => {
    expect(shown('DE89 3704 0044 0532 0130 00, GB29NWBK60161331926819; 078-05-1120')).toBe(
      '[REDACTED:iban], [REDACTED:iban]; [REDACTED:ssn]',
    );
  });
  it('stay by policy', () => {
    const text = 'DE89 3704 0044 0532 0130 00; 078-05-1120';
    expect(shown(text, { ...strictestPolicy, iban: false, ssn: false })).toBe(text);
  });
  it('stay when no such number can exist', () => {
    const text = 'DE88 3704 0044 0532 0130 00; 666-05-1120';
    expect(shown(text)).toBe(text);
  });
});
