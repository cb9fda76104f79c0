/**
 * What a visitor reads beside the frame. `page/words` has the same sentences in each language, under the same names.
 */
export const english = {
  launcherTalk: 'Talk to {name}',
  launcherBack: 'Back to the call with {name}',
  close: 'Close',
  ended: 'The call has ended.',
  notHere: 'Voice calls cannot be used on this page.',
  unreachable: 'We cannot be reached. Check your network, then start again.',
};
/** @typedef {typeof english} Words */

/** The languages that the widget has words of, apart from English. */
const others = ['ar', 'de', 'es', 'fr', 'it', 'nl', 'pt'];

/** @param {string | undefined} tag */
function languageOf(tag) {
  try {
    return tag ? new Intl.Locale(tag).language : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first wanted language that the widget has.
 * @param {readonly (string | undefined)[]} wanted tags of languages (BCP 47), dearest first
 */
export const languageFor = (wanted) =>
  wanted.map(languageOf).find((each) => each === 'en' || others.includes(String(each))) ?? 'en';

/** @param {any} loaded @returns {Words} */
const wordsIn = (loaded) => ({
  ...english,
  ...Object.fromEntries(
    Object.keys(english).flatMap((key) => (typeof loaded[key] === 'string' ? [[key, loaded[key]]] : [])),
  ),
});

/**
 * The words of a language. The server has them in files of their own, so that a page loads one language at most. Words
 * that cannot be loaded are no reason to have no call: then they are English.
 * @param {string} base @param {string} language
 * @returns {Promise<{ language: string, words: Words }>}
 */
export async function spoken(base, language) {
  if (language === 'en') return { language, words: english };
  try {
    const { words } = await import(
      /* webpackIgnore: true */ /* @vite-ignore */ `${base}/widget/assets/words/${language}.js`
    );
    return { language, words: wordsIn(words) };
  } catch {
    return { language: 'en', words: english };
  }
}

/** A sentence with the name of the agent in its place. @param {string} sentence @param {string} name */
export const named = (sentence, name) => sentence.split('{name}').join(name);
