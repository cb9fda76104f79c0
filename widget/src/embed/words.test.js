import { expect, it } from 'vitest';
import { english, languageFor, named, spoken } from './words.js';

it('the language of the button is the first wanted one that the widget has', () => {
  expect(
    [['de-AT'], [undefined, '', 'pt-BR'], ['zh', 'ar'], ['x_y', 'en-GB', 'fr'], ['ja'], []].map(languageFor),
  ).toEqual(['de', 'pt', 'ar', 'en', 'en', 'en']);
});
it('the button speaks English where the words of its language cannot be loaded', async () => {
  expect(await spoken('data:,', 'de')).toEqual({ language: 'en', words: english });
  expect(await spoken('https://vox.example', 'en')).toEqual({ language: 'en', words: english });
});
it('the name of an agent stands in a sentence as it is, whatever it is', () => {
  expect(named(english.launcherTalk, '$& {name}')).toBe('Talk to $& {name}');
});
