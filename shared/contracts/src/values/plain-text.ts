import { z } from 'zod';
import { fieldSentences } from './field-mistakes.ts';
import { originOf } from './origin.ts';

/**
 * Invisible characters that could show a reader other words: controls, marks that turn the direction of a text, and
 * halves of characters (Unicode TR9, TR36 §2.5).
 */
const unseenInLine = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;
const unseenInText = /[^\P{Cc}\t\n\r]|\p{Cs}/u;

/** A text without its invisible characters. */
export const visibleText = (text: string): string => text.replaceAll(new RegExp(unseenInText, 'gu'), '');
export const visibleLine = (text: string): string =>
  text
    .replaceAll(/[\t\n\r\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(new RegExp(unseenInLine, 'gu'), '')
    .trim();

/**
 * One line of text for people: a name, a sentence. It may hold characters of HTML; whoever writes HTML escapes them.
 */
export const plainLine = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !unseenInLine.test(text), fieldSentences['plain-line']);

/** Text of any number of lines. */
export const plainText = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !unseenInText.test(text), fieldSentences['plain-text']);

const urlLongest = 2_048;
/**
 * The serialised form of a URL, in which quotes, spaces and other scripts are escaped. `undefined` unless it is https,
 * with a plain host and without a user.
 */
function httpsUrl(text: string): string | undefined {
  if (!text.startsWith('https://') || !URL.canParse(text)) return undefined;
  const { href, origin, username, password } = new URL(text);
  return username === '' && password === '' && originOf(origin) === origin && href.length <= urlLongest
    ? href
    : undefined;
}

/** The https address of a file, as it is written into a page. */
export const HttpsUrl = z
  .string()
  .overwrite((text) => httpsUrl(text) ?? text)
  .refine((text) => httpsUrl(text) === text, fieldSentences['https-url']);
