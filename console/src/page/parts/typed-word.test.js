import { expect, it } from 'vitest';
import { isTyped } from './typed-word.js';

it('a word is typed as the page shows it, whatever white space the label has', () => {
  for (const word of ['shop', ' shop', 'shop  window ', '\tshop']) {
    expect(isTyped(word.trim().replace(/\s+/g, ' '), word), word).toBe(true);
    for (const other of ['', 'sho', 'Shop', `${word}s`]) expect(isTyped(other, word), other).toBe(false);
  }
});
