import { words as english } from './en.js';

/**
 * A language with its words, as the page speaks it. `dir` is the direction that it is written in.
 * @typedef {{ language: string, dir: 'ltr' | 'rtl', words: typeof english }} Spoken
 */

/** Where the words of each language are. Only those of the one that is spoken are loaded. */
const others = {
  ar: () => import('./ar.js'),
  de: () => import('./de.js'),
  es: () => import('./es.js'),
  fr: () => import('./fr.js'),
  it: () => import('./it.js'),
  nl: () => import('./nl.js'),
  pt: () => import('./pt.js'),
};
/** The languages of the widget (BCP 47). */
export const languages = ['en', ...Object.keys(others)];

/** The language of a tag, without its region and script. @param {unknown} tag */
function languageOf(tag) {
  if (typeof tag !== 'string' || tag.length > 35) return undefined;
  try {
    return new Intl.Locale(tag).language;
  } catch {
    return undefined;
  }
}

/**
 * The first of the wanted languages that the widget has, or English.
 * @param {readonly unknown[]} wanted tags of languages (BCP 47), dearest first; what is none is passed over
 */
export const chosenOf = (wanted) => wanted.map(languageOf).find((each) => languages.includes(String(each))) ?? 'en';

/** The words of the first of the wanted languages that the widget has. @param {readonly unknown[]} wanted */
export async function spokenOf(wanted) {
  const language = chosenOf(wanted);
  const load = Object.entries(others).find(([each]) => each === language)?.[1];
  // Words that cannot be loaded are no reason to have no call.
  const words = await load?.().then(
    (file) => file.words,
    () => undefined,
  );
  if (words === undefined) return { language: 'en', dir: /** @type {const} */ ('ltr'), words: english };
  return { language, dir: /** @type {'ltr' | 'rtl'} */ (language === 'ar' ? 'rtl' : 'ltr'), words };
}

/**
 * Puts the words of a page where its elements ask for them: `data-words` names those that they show, and `data-label`,
 * `data-hint` those of their label and of what stands in them while they are empty.
 * @param {Document} page @param {Spoken} spoken
 */
export function writeIn(page, { language, dir, words }) {
  const wordsOf = (/** @type {string | undefined} */ key) => String(Object(words)[key ?? ''] ?? '');
  Object.assign(page.documentElement, { lang: language, dir });
  page.title = words.title;
  for (const each of page.querySelectorAll('[data-words],[data-label],[data-hint]')) {
    const { dataset } = /** @type {HTMLElement} */ (each);
    if (dataset.words) each.textContent = wordsOf(dataset.words);
    if (dataset.label) each.setAttribute('aria-label', wordsOf(dataset.label));
    if (dataset.hint) each.setAttribute('placeholder', wordsOf(dataset.hint));
  }
}
