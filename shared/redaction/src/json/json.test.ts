import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactJson, strictestPolicy } from '../mod.ts';
import { aCard, aManner, written } from '../session/cards.fixture.ts';

const shown = (value: unknown, policy = strictestPolicy): unknown => redactJson(value, policy).value;

describe('JSON', () => {
  it('loses cards in strings, numbers and keys, and stays as it is elsewhere', () => {
    expect(
      shown({
        note: 'use 4111 1111 1111 1111',
        n: 4111111111111111,
        '4111111111111111': true,
        amount: 250,
        ok: null,
        id: 'a1',
      }),
    ).toEqual({
      note: 'use [REDACTED:card]',
      n: '[REDACTED:card]',
      '[REDACTED:card]': true,
      amount: 250,
      ok: null,
      id: 'a1',
    });
  });
  it('loses code and expiry by the names of their fields, and no other number beside a card', () => {
    expect(
      shown({ cvv: 123, exp: '12/27', cardNumber: '4111111111111111', quantity: 250, securityCode: '0456' }),
    ).toEqual({
      cvv: '[REDACTED:cvc]',
      exp: '[REDACTED:expiry]',
      cardNumber: '[REDACTED:card]',
      quantity: 250,
      securityCode: '[REDACTED:cvc]',
    });
  });
  it('loses a card that is laid out over an array, or over fields of one name', () => {
    expect(shown({ digits: [...'4111111111111111'].map(Number) })).toEqual({
      digits: Array(16).fill('[REDACTED:card]'),
    });
    expect(
      shown({ part1: '4111 1111', other: 'x', part2: '1111 1111' }, { ...strictestPolicy, keepLastFour: true }),
    ).toEqual({
      part1: '[REDACTED:card]',
      other: 'x',
      part2: '[REDACTED:card …1111]',
    });
  });
  it('loses a number past 2^53 that begins like a card, as its last digits are not known', () => {
    const { value, found } = redactJson(JSON.parse('{"n":4111111111111111110}'), strictestPolicy);
    expect(value).toEqual({ n: '[REDACTED:card]' });
    expect(found).toEqual([{ kind: 'card-part', count: 1 }]);
  });
  it('is cut where it is deeper or longer than anyone reads', () => {
    const deep = Array.from({ length: 30 }).reduce<unknown>((inner) => [inner], '4111111111111111');
    expect(JSON.stringify(shown(deep))).toContain('[REDACTED:depth]');
    expect(redactJson(Array(20_000).fill('x'), strictestPolicy).found).toEqual([{ kind: 'depth', count: 10_001 }]);
  });
  it('keeps two keys apart that read the same once they are cut', () => {
    expect(shown({ '4111111111111111': 1, '5500000000000004': 2 })).toEqual({
      '[REDACTED:card]': 1,
      '[REDACTED:card] (2)': 2,
    });
  });
  it('keeps a key that means something to JavaScript a key', () => {
    const parsed: unknown = JSON.parse('{"__proto__": {"a": "4111111111111111"}, "constructor": 1}');
    expect(JSON.stringify(shown(parsed))).toBe('{"__proto__":{"a":"[REDACTED:card]"},"constructor":1}');
  });
  it('never shows a card, wherever it is and however it is written, and a second pass finds nothing', () => {
    const around = (text: string): fc.Arbitrary<unknown> =>
      fc.constantFrom<unknown>(text, { a: text }, { a: { b: [1, text] } }, [text, 'x'], { [text]: 1 }, [
        [text],
        { note: `say ${text}.` },
      ]);
    fc.assert(
      fc.property(
        fc.tuple(aCard, aManner).chain(([card, manner]) => around(written(card, manner))),
        (value) => {
          const once = shown(value);
          expect(JSON.stringify(once)).toContain('[REDACTED:card]');
          expect(JSON.stringify(once).replace(/[^0-9]/g, '').length).toBeLessThan(3);
          expect(shown(once)).toEqual(once);
        },
      ),
    );
  });
  it('is not changed in place', () => {
    const value = { a: ['4111111111111111'] };
    redactJson(value, strictestPolicy);
    expect(value).toEqual({ a: ['4111111111111111'] });
  });
});
