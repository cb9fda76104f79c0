import { describe, expect, it } from 'vitest';
import { redactJson, strictestPolicy } from '../mod.ts';

const shown = (value: unknown, policy = strictestPolicy): unknown => redactJson(value, policy).value;

describe('a field of tool arguments', () => {
  it('loses the value that its name gives away, without a card beside it and in any spelling', () => {
    expect(
      shown({ exp_month: 9, expYear: 2027, 'card-cvc': '319', securityCode: 4821, CARD_NUMBER: '4242 4242 4242 4243' }),
    ).toEqual({
      exp_month: '[REDACTED:expiry]',
      expYear: '[REDACTED:expiry]',
      'card-cvc': '[REDACTED:cvc]',
      securityCode: '[REDACTED:cvc]',
      CARD_NUMBER: '[REDACTED:card]',
    });
    expect(shown({ codigo_de_seguridad: '319', Kartennummer: '4242 4242', validade: '09/27' })).toEqual({
      codigo_de_seguridad: '[REDACTED:cvc]',
      Kartennummer: '[REDACTED:card]',
      validade: '[REDACTED:expiry]',
    });
  });
  it('loses an account and a person’s number only if the policy says so', () => {
    const value = { iban: 'DE89 3704', ssn: '078051120' };
    expect(shown(value)).toEqual({ iban: '[REDACTED:iban]', ssn: '[REDACTED:ssn]' });
    expect(shown(value, { ...strictestPolicy, iban: false, ssn: false })).toEqual(value);
  });
  it('keeps a value whose name only sounds alike', () => {
    const value = { month: 9, year: 2027, code: 319, zipCode: '94107', cardLast4: '4242', cardType: 'visa', number: 7 };
    expect(shown(value)).toEqual(value);
    expect(shown({ discount_code: '319', area_code: 415, cards: 2 })).toEqual({
      discount_code: '319',
      area_code: 415,
      cards: 2,
    });
  });
  it('loses its value too in JSON within a string; a string that is no JSON is read as text', () => {
    expect(shown({ arguments: '{"card_number":"4242424242424242","exp_month":9,"n":1}' })).toEqual({
      arguments: '{"card_number":"[REDACTED:card]","exp_month":"[REDACTED:expiry]","n":1}',
    });
    expect(shown({ arguments: '{not json 4242424242424242' })).toEqual({ arguments: '{not json [REDACTED:card]' });
    const kept = { arguments: '{"city":  "Rome"}' };
    expect(shown(kept)).toEqual(kept);
  });
});
