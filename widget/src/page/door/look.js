import { safeLink } from '../brokered/results.js';
import { colourIn } from '../colours.js';

/** The sentences that a page may word itself. What VOX or the law has to say is none of them. */
export const textKeys = /** @type {const} */ ([
  ...['title', 'start', 'end', 'mute', 'ready', 'listening', 'speaking', 'thinking', 'ended', 'typeHere', 'send'],
]);
const textMax = 120;
const localeMax = 35;

/**
 * How the page that embeds a call wants it to look. What a page leaves out is as it would be without it.
 * @typedef {{ locale: string | undefined, texts: Readonly<Record<string, string>>, avatarUrl: string | undefined,
 *   theme: 'light' | 'dark' | undefined, primaryColor: string | undefined }} Look
 */

/** A text of one line that can be read. @param {unknown} text @param {number} longest */
function lineIn(text, longest) {
  if (typeof text !== 'string' || text.length > longest) return undefined;
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line === '' ? undefined : line;
}

/** @param {unknown} theme @returns {'light' | 'dark' | undefined} */
export const themeIn = (theme) => (theme === 'light' || theme === 'dark' ? theme : undefined);

/**
 * Takes what is good of what a page sent, and leaves out the rest: it is foreign input.
 * @param {unknown} given @returns {Look}
 */
export function lookIn(given) {
  const { locale, texts, avatarUrl, theme, primaryColor } = /** @type {Record<string, unknown>} */ (
    typeof given === 'object' && given !== null ? given : {}
  );
  const own = typeof texts === 'object' && texts !== null ? new Map(Object.entries(texts)) : new Map();
  const lines = textKeys.map((key) => /** @type {const} */ ([key, lineIn(own.get(key), textMax)]));
  return {
    locale: lineIn(locale, localeMax),
    texts: Object.fromEntries(lines.flatMap(([key, line]) => (line === undefined ? [] : [[key, line]]))),
    avatarUrl: safeLink(avatarUrl)?.href,
    theme: themeIn(theme),
    primaryColor: typeof primaryColor === 'string' ? colourIn(primaryColor) : undefined,
  };
}
