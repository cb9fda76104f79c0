import { describe, expect, it } from 'vitest';
import { words } from '../words/en.js';
import { lookIn, textKeys } from './look.js';

const nothing = { locale: undefined, texts: {}, avatarUrl: undefined, theme: undefined, primaryColor: undefined };

describe('the look that a page wants for its call', () => {
  it('is taken where it is well formed', () => {
    const look = {
      ...{ locale: 'de-AT', avatarUrl: 'https://shop.example/guide.png', theme: 'dark', primaryColor: '#ffd400' },
      texts: { start: ' Jetzt\nsprechen ', ready: '<b>Hallo</b>' },
    };
    expect(lookIn(look)).toEqual({ ...look, texts: { start: 'Jetzt sprechen', ready: '<b>Hallo</b>' } });
  });
  it('is left out where it is odd, and the rest is taken', () => {
    for (const odd of [undefined, null, 7, 'dark', [], { texts: 'start' }, { texts: null }, { texts: [7] }])
      expect(lookIn(odd)).toEqual(nothing);
    const texts = { start: 's'.repeat(121), end: 7, mute: '\n ', disclosure: 'x', endingSoon: 'x', ready: 'Go' };
    expect(lookIn({ texts, theme: 'blue', locale: 'l'.repeat(36), primaryColor: 'url(x)' })).toEqual({
      ...nothing,
      texts: { ready: 'Go' },
    });
  });
  it('takes no key of an object’s prototype for a text', () => {
    const texts = JSON.parse('{"__proto__": {"start": "mine"}, "constructor": "x", "end": "Bye"}');
    expect(lookIn({ texts }).texts).toEqual({ end: 'Bye' });
    expect(Object.hasOwn(lookIn({ texts }).texts, 'start')).toBe(false);
  });
  it('has a picture of https alone', () => {
    const urls = [
      'http://a.example/x',
      'data:image/svg+xml,x',
      'javascript:alert(1)',
      'https://u@a.example/',
      '//a',
      7,
    ];
    expect(urls.map((avatarUrl) => lookIn({ avatarUrl }).avatarUrl)).toEqual(urls.map(() => undefined));
  });
  it('words only sentences that the widget has, and none that VOX or the law has to say', () => {
    for (const key of textKeys) expect(words).toHaveProperty(key);
    expect(textKeys).not.toEqual(expect.arrayContaining(['agreeFirst', 'withdraw', 'endingSoon', 'agree', 'decline']));
    for (const key of ['agreeFirst', 'withdraw', 'withdrawn', 'endingSoon', 'agree', 'decline', 'muted', 'restored'])
      expect(textKeys).not.toContain(key);
  });
});
