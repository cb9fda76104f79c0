import { signal } from '@preact/signals';
import { en } from './messages/en.js';

/** @typedef {keyof typeof en} Key */
/** @typedef {Readonly<Record<Key, string>>} Messages */

/**
 * Every language, and how its words arrive: English with the page, the others when they are spoken. The server leaves
 * in these what the shell of the page says; the words of a screen come with it.
 * @type {Readonly<Record<string, () => Promise<Messages>>>}
 */
const sources = {
  en: async () => en,
  es: async () => (await import('./messages/es.js')).es,
  fr: async () => (await import('./messages/fr.js')).fr,
  de: async () => (await import('./messages/de.js')).de,
};
export const languages = Object.keys(sources);
const keptUnder = 'vox-console-language';

/** @type {import('@preact/signals').Signal<{locale: string, messages: Messages}>} */
const spoken = signal({ locale: 'en', messages: en });
/** What is spoken, or will be as soon as its words have arrived. */
let language = 'en';
/** The screens whose words are spoken too. @type {Set<string>} */
const learnt = new Set();

/** The language of the page, as `Intl` takes it. */
export const locale = () => spoken.value.locale;

/**
 * The first of somebody’s languages that there are messages in.
 * @param {readonly string[]} wanted such as `es-MX`
 */
export const languageOf = (wanted) =>
  wanted.map((each) => each.slice(0, 2).toLowerCase()).find((each) => languages.includes(each)) ?? 'en';

/** Where values stand in a message. */
const places = /\{(\w+)\}/g;
/** @param {string} text @param {Readonly<Record<string, string | number>>} values */
export const filled = (text, values) =>
  text.replace(places, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));

/** What the page says under a key. @param {Key} key @param {Readonly<Record<string, string | number>>} [values] */
export const t = (key, values = {}) => filled(spoken.value.messages[key] ?? key, values);

/**
 * What the page calls a member of a closed list; a member that it does not know yet stands as it is.
 * @param {string} list @param {string} member
 */
export const named = (list, member) =>
  /** @type {Readonly<Record<string, string>>} */ (spoken.value.messages)[`${list}.${member}`] ?? member;

/**
 * What a server said, in the words of the page: by its code in a closed list, with what stands in the sentence. What
 * the page does not know yet, or knows with other places, stands as the server wrote it.
 * @param {string} list @param {string | undefined} code @param {string} sentence
 * @param {Readonly<Record<string, string | number>>} [values]
 */
export function worded(list, code, sentence, values = {}) {
  const own = /** @type {Readonly<Record<string, string>>} */ (spoken.value.messages)[`${list}.${code}`];
  const isWhole = own && [...own.matchAll(places)].every(([, name = '']) => Object.hasOwn(values, name));
  return isWhole ? filled(own, values) : sentence;
}

/** Numbers and times are written as in somebody’s own country. @param {string} language */
const localeOf = (language) => navigator.languages.find((each) => each.startsWith(language)) ?? language;

/** What a screen says in a language. @param {string} screen @returns {Promise<Partial<Messages>>} */
const wordsOf = async (screen) => (await import(`./messages/${language}/${screen}.js`)).words;

/**
 * Speaks a language, with the words of every screen that was shown so far. Rejects, and changes nothing, where they do
 * not arrive.
 * @param {string} wanted
 */
export async function speak(wanted) {
  const before = language;
  language = wanted;
  try {
    const shell = (await sources[wanted]?.()) ?? en;
    const parts = await Promise.all([...learnt].map(wordsOf));
    spoken.value = { locale: localeOf(wanted), messages: Object.assign({}, shell, ...parts) };
    document.documentElement.lang = wanted;
  } catch (error) {
    language = before;
    throw error;
  }
}

/** Fetches what a screen says, before it is shown. Rejects where that does not arrive. @param {string} screen */
export async function learn(screen) {
  if (learnt.has(screen)) return;
  let asked;
  let words;
  do {
    asked = language;
    words = await wordsOf(screen);
    // Another language may have been chosen meanwhile.
  } while (asked !== language);
  learnt.add(screen);
  spoken.value = { ...spoken.value, messages: { ...spoken.value.messages, ...words } };
}

/** The language that was chosen here before. A browser may refuse to keep anything. */
function kept() {
  try {
    return localStorage.getItem(keptUnder);
  } catch {
    return null;
  }
}

/**
 * Speaks the language that was chosen here before, or the browser’s. It never rejects: where the words of a language do
 * not arrive, the page speaks English.
 */
export async function speakAsBefore() {
  const chosen = kept();
  const wanted = chosen === null ? navigator.languages : [chosen];
  await speak(languageOf(wanted)).catch(() => undefined);
}

/**
 * Speaks a language now and the next time. Rejects, and changes nothing, where its words do not arrive.
 * @param {string} language
 */
export async function choose(language) {
  await speak(language);
  try {
    localStorage.setItem(keptUnder, language);
  } catch {
    // It is spoken until the page is left.
  }
}
