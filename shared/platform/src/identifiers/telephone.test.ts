import { telephoneCountries } from '@vox/contracts';
import fc from 'fast-check';
import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { telephoneForm } from './telephone.ts';

/** Numbers as they are, the country that dials them without a plus, and how it then writes them. */
const numbers = [
  { form: '+34600123987', country: 'ES', dialled: '600 123 987' },
  { form: '+442079460958', country: 'GB', dialled: '020 7946 0958' },
  { form: '+4930123456', country: 'DE', dialled: '030/123456' },
  { form: '+12125550100', country: 'US', dialled: '(212) 555-0100' },
  { form: '+971501234567', country: 'AE', dialled: '050 123 4567' },
  { form: '+390612345678', country: 'IT', dialled: '06 1234 5678' },
  { form: '+919876543210', country: 'IN', dialled: '098765 43210' },
  { form: '+5491112345678', country: 'AR', dialled: '011 15 1234-5678' },
  { form: '+74951234567', country: 'RU', dialled: '8 (495) 123-45-67' },
  { form: '+525512345678', country: 'MX', dialled: '55 1234 5678' },
] as const;
const abroad: Readonly<Record<string, string>> = { US: '011' };

/** Where ten digits of a script begin. */
const zeros = [0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10, 0x1d7ce];
const inScript = (text: string, zero: number): string =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)));

/** One number in one of the ways in which people write it. */
const written = fc
  .record({
    number: fc.constantFrom(...numbers),
    way: fc.constantFrom('plus', 'abroad', 'dialled', 'tel'),
    gaps: fc.array(fc.constantFrom('', '', ' ', '-', '.', '\u00a0', '\u2011'), { minLength: 20, maxLength: 20 }),
    zero: fc.constantFrom(...zeros),
    marks: fc.constantFrom(['', ''], ['\u202a', '\u202c'], ['\u200e', ''], [' ', '  ']),
  })
  .map(({ number, way, gaps, zero, marks: [before, after] }) => {
    const { form, country, dialled } = number;
    const spaced = [...form.slice(1)]
      .map((digit, at) => digit + (gaps[at] ?? ''))
      .join('')
      .replace(/\D$/, '');
    const ways = {
      plus: `+${spaced}`,
      abroad: `${abroad[country] ?? '00'}${spaced}`,
      dialled,
      tel: `tel:${form}`,
    };
    return { form, country, text: `${before}${inScript(ways[way], zero)}${after}` };
  });

describe('a telephone number', () => {
  it('understands the national numbers of exactly the countries that a policy may name', () => {
    expect([...telephoneCountries].sort()).toEqual([...getCountries()].sort());
  });
  it('has one form, whatever its digits, groups and prefixes', () => {
    fc.assert(
      fc.property(written, ({ form, country, text }) => {
        expect(telephoneForm(text, country)).toBe(form);
      }),
    );
  });
  it('has a canonical form that reads back as itself, whatever the country', () => {
    const countries = fc.constantFrom(null, 'ES', 'US', 'AE', 'IT');
    fc.assert(
      fc.property(written, fc.constantFrom('', ';ext=5', ' x5'), countries, ({ text, country }, extension, other) => {
        const form = telephoneForm(`${text.trim()}${extension}`, country) ?? '';
        expect(form).not.toBe('');
        expect(telephoneForm(form, other)).toBe(form);
      }),
    );
  });
  it.each([
    ['a trunk zero in brackets', '+44 (0)20 7946 0958', '+442079460958', null],
    ['a trunk zero of a country that has none', '+34 (0) 600 123 987', '+34600123987', null],
    ['a zero that belongs to the number', '+39 (0)6 1234 5678', '+390612345678', null],
    ['the prefix of another country for calls abroad', '00 34 600 123 987', '+34600123987', 'US'],
    ['the American prefix, where no country is named', '011 34 600 123 987', '+34600123987', null],
    ['a town that is dialled as Americans dial abroad', '011 123 4567', '+390111234567', 'IT'],
    ['Arabic digits as they are dialled', '٠٥٠١٢٣٤٥٦٧', '+971501234567', 'AE'],
    ['the old mobile prefix of Mexico', '+52 1 55 1234 5678', '+525512345678', null],
    ['a country in brackets', '(+34) 600 123 987', '+34600123987', null],
  ])('is read with %s', (_what, text, form, country) => expect(telephoneForm(text, country)).toBe(form));

  it('with an extension differs from the same number without it or with another one, however it is written', () => {
    const form = '+12125550100;ext=5';
    for (const text of ['+1 212 555 0100 x5', '+1 212 555 0100 ext. 5', '(212) 555-0100 #5', 'tel:+12125550100;ext=5'])
      expect(telephoneForm(text, 'US')).toBe(form);
    expect(new Set(['', ' x5', ' x6'].map((ext) => telephoneForm(`+1 212 555 0100${ext}`, null))).size).toBe(3);
  });
  it.each([
    'n/a',
    'unknown',
    '-----',
    '',
    ' ',
    '+',
    '00',
    '0',
    '12345',
    '0000000000',
    '+1 000 000 0000',
    'ext 5',
    '()',
  ])('is not read from %s', (text) => {
    for (const country of [null, 'ES', 'US', 'AE']) expect(telephoneForm(text, country)).toBeUndefined();
  });
  it('is not read from a sentence, two numbers, several lines, or an endless text', () => {
    const number = '+34 600 123 987';
    for (const text of [
      `call ${number}`,
      `${number}, ${number}`,
      `${number}\r\nBcc: x`,
      `${number}\n`,
      '9'.repeat(9_999),
    ])
      expect(telephoneForm(text, 'ES')).toBeUndefined();
  });
  it('is refused without a known country: it could be anybody’s', () => {
    for (const { dialled } of numbers)
      if (!dialled.startsWith('011')) expect(telephoneForm(dialled, null)).toBeUndefined();
  });
  it('is never read from a text without digits, nor from two numbers', () => {
    const noDigit = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => !/\p{Nd}/u.test(text));
    fc.assert(
      fc.property(noDigit, (text) => {
        expect(telephoneForm(text, 'ES')).toBeUndefined();
      }),
    );
    const local = fc.integer({ min: 600_000_000, max: 699_999_999 });
    fc.assert(
      fc.property(local, local, (one, other) => {
        expect(telephoneForm(`${one}`, 'ES') === telephoneForm(`${other}`, 'ES')).toBe(one === other);
      }),
    );
  });
});
