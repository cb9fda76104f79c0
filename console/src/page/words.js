import { signal } from '@preact/signals';
import { en } from './messages/en.js';

/** @typedef {keyof typeof en} Key */
/** @typedef {Readonly<Record<Key, string>>} Messages */

/**
 * Every language, and how its words arrive: English with the page, the others when they are spoken.
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

/** The language of the page, as `Intl` takes it. */
export const locale = () => spoken.value.locale;

/**
 * The first of somebody’s languages that there are messages in.
 * @param {readonly string[]} wanted such as `es-MX`
 */
export const languageOf = (wanted) =>
  wanted.map((each) => each.slice(0, 2).toLowerCase()).find((each) => languages.includes(each)) ?? 'en';

/** @param {string} text @param {Readonly<Record<string, string | number>>} values */
export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (place, name) => (Object.hasOwn(values, name) ? String(values[name]) : place));

/** What the page says under a key. @param {Key} key @param {Readonly<Record<string, string | number>>} [values] */
export const t = (key, values = {}) => filled(spoken.value.messages[key], values);

/**
 * What the page calls a member of a closed list; a member that it does not know yet stands as it is.
 * @param {string} list @param {string} member
 */
export const named = (list, member) =>
  /** @type {Readonly<Record<string, string>>} */ (spoken.value.messages)[`${list}.${member}`] ?? member;

/** Numbers and times are written as in somebody’s own country. @param {string} language */
const localeOf = (language) => navigator.languages.find((each) => each.startsWith(language)) ?? language;

/** @param {string} language */
export async function speak(language) {
  const messages = (await sources[language]?.()) ?? en;
  spoken.value = { locale: localeOf(language), messages };
  document.documentElement.lang = language;
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
