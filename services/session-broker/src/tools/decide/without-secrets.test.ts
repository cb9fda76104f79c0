import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutSecrets } from './without-secrets.ts';

const key = 'sk/canary+77 d1é?';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('an answer', () => {
  it.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['within a text', (secret) => `Bearer ${secret}, thank you`],
    ['in base64', base64],
    ['in base64 for addresses', (secret) => Buffer.from(secret).toString('base64url')],
    ['in base64 behind one letter', (secret) => base64(`u${secret}`)],
    ['in base64 behind a user', (secret) => base64(`me:${secret}`)],
    ['in base64 before and behind others', (secret) => base64(`user:${secret}:realm`)],
    ['in an address', (secret) => `https://a.example/?key=${encodeURIComponent(secret)}`],
    ['in a form', (secret) => new URLSearchParams({ secret }).toString()],
    [
      'with small letters in its escapes',
      (secret) => encodeURIComponent(secret).replace(/%../g, (e) => e.toLowerCase()),
    ],
    ['in JSON within a text', (secret) => JSON.stringify({ secret })],
  ])('says no secret back that stands in it %s, whether in a value or in a name', (_what, form) => {
    const secret = `${key}"`;
    const said = JSON.stringify(withoutSecrets({ echo: [form(secret)], [form(secret)]: 1 }, [secret]));
    expect(said).toContain('[secret]');
    for (const inner of [secret, encodeURIComponent(key), base64(secret).slice(4, -4)])
      expect(said).not.toContain(inner);
    expect(said).not.toContain('canary');
  });
  it('says no secret back that is a number', () => {
    expect(withoutSecrets([12_345_678, 123_456_789, 1.5, 4711], ['12345678', '4711'])).toEqual([
      ...['[secret]', '[secret]9', 1.5, '[secret]'],
    ]);
  });
  it('says no short secret back that is a text of its own, and keeps words that hold it by chance', () => {
    const value = { pin: '4711', note: 'room 4711 is free', is: true, none: null, empty: '' };
    expect(withoutSecrets(value, ['4711', ''])).toEqual({ ...value, pin: '[secret]' });
  });
  it('says nothing back of the longer of two secrets of which one begins the other', () => {
    expect(withoutSecrets('its key is abcdef-and-more', ['abcdef', 'abcdef-and-more'])).toBe('its key is [secret]');
  });
  it('is kept as it is where no secret stands in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(withoutSecrets(value as never, ['\u{10ffff}-never-said']))).toBe(JSON.stringify(value));
      }),
      { numRuns: 50 },
    );
  });
  it('is read with secrets of any letters, halves of them among these', () => {
    expect(withoutSecrets('a', ['\ud800-half-a-letter'])).toBe('a');
  });
});
