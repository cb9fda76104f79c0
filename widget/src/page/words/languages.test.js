import { describe, expect, it } from 'vitest';
import { endedBecause, speak, timeLeft, tryAgainIn, words } from '../words.js';
import { words as english } from './en.js';
import { filled } from './filled.js';
import { chosenOf, languages, spokenOf } from './languages.js';

/** Every sentence by its key. @param {object} from @returns {[string, string][]} */
const sentences = (from) =>
  Object.entries(from).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [/** @type {[string, string]} */ ([key, value])]
      : sentences(value).map(([inner, text]) => /** @type {[string, string]} */ ([`${key}.${inner}`, text])),
  );
const placesOf = (/** @type {string} */ text) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(languages.filter((language) => language !== 'en'))('the words in %s', (language) => {
  it('are those of English, each with the same places, and none is empty or still English', async () => {
    const spoken = await spokenOf([language]);
    const known = new Map(sentences(english));
    const found = sentences(spoken.words);
    expect(spoken.language).toBe(language);
    expect(found.map(([key]) => key)).toEqual([...known.keys()]);
    for (const [key, text] of found) expect([key, placesOf(text)]).toEqual([key, placesOf(known.get(key) ?? '')]);
    expect(found.filter(([, text]) => text.trim() === '')).toEqual([]);
    // One word may be the same: "Volume" is.
    const same = found.filter(([key, text]) => text === known.get(key) && text.includes(' '));
    expect(same).toEqual([]);
  });
});

describe('the language of the frame', () => {
  it('is the first wanted one that the widget has, whatever its region, and else English', () => {
    expect(chosenOf(['pt-BR', 'de'])).toBe('pt');
    expect(chosenOf([undefined, null, 'xx', 'zh-Hant-TW', 'nl'])).toBe('nl');
    expect(chosenOf(['AR-eg'])).toBe('ar');
    expect(chosenOf([])).toBe('en');
  });
  it('is no odd value', () => {
    for (const odd of ['', '__proto__', 'constructor', 'de_DE!', '../fr', 7, {}, ['de'], 'd'.repeat(9_000), 'de\0'])
      expect(chosenOf([odd])).toBe('en');
  });
  it('is written from right to left in Arabic alone', async () => {
    const spoken = await Promise.all(languages.map((language) => spokenOf([language])));
    expect(spoken.filter(({ dir }) => dir === 'rtl').map(({ language }) => language)).toEqual(['ar']);
  });
  it('is that of every sentence once the page speaks it, also of numbers', async () => {
    speak(await spokenOf(['de']));
    expect([timeLeft(61), endedBecause('idle')]).toEqual(['noch 1:01', words.ends.idle]);
    expect([tryAgainIn(1), tryAgainIn(600)].join()).toMatch(/in 1 Sekunde .*in etwa 10 Minuten /);
    expect(endedBecause('__proto__')).toBe('Der Anruf ist beendet.');
    speak(await spokenOf(['en']));
  });
  it('fills a place with text that is not read again', () => {
    expect(filled('Talk to {name}, {other}', { name: '{other} $& <b>' })).toBe('Talk to {other} $& <b>, {other}');
  });
});
