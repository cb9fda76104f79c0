import { asciiDigits } from '@vox/redaction';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Longer is nothing that a person is called by, its extension and its words for one included. */
const writtenMax = 64;
/** Marks that show no sign of their own come along when a number is copied from right-to-left text or from a list of contacts. */
const unseen = /[\p{Cf}\p{Variation_Selector}]/gu;

/**
 * The one form of a telephone number, however it is written: E.164 with its extension (`+34600123987`, `+12125550100;ext=5`), for behind one number
 * of an office sit several persons. `undefined` for what is no number, and for a national one when no country says whose.
 */
export function telephoneForm(written: string, country: string | null): string | undefined {
  if (written.length > writtenMax || /[\p{Cc}\p{Cs}]/u.test(written)) return undefined;
  const text = written
    .replace(unseen, '')
    .replace(/\p{Nd}+/gu, asciiDigits)
    .replaceAll('＋', '+')
    .trim()
    .replace(/^tel:/i, '');
  for (const reading of readings(text)) {
    const form = formOf(reading, country);
    if (form !== undefined) return form;
  }
  return undefined;
}

/**
 * A number as it stands comes first; then without a trunk `(0)` that its country does not have, and with a prefix for calls abroad that is another
 * country's. Behind 011, which is a town in some countries, must stand a whole international number.
 */
function* readings(text: string): Iterable<string> {
  const bare = text.replace(/^\(\s*(\+\d{1,3})\s*\)/, '$1');
  yield bare;
  if (/^\+|^00/.test(bare)) yield bare.replace(/\(\s*0\s*\)/, ' ');
  const abroad = /^00(?=\D*[1-9])/.test(bare) ? bare.slice(2) : undefined;
  if (abroad !== undefined) {
    yield `+${abroad}`;
    yield `+${abroad.replace(/\(\s*0\s*\)/, ' ')}`;
  }
  if (/^011(?:\D*\d){11}/.test(bare)) yield `+${bare.slice(3)}`;
  // What messengers still write before the mobile numbers of Mexico, which gave it up in 2019.
  if (/^\+52\D*1(?:\D*\d){10}$/.test(bare)) yield bare.replace(/^(\+52\D*)1/, '$1');
}

/**
 * Judged by the general plan of each country (the small set of metadata), not by the ranges that are given out today: a number in a range that was
 * opened after the library was last updated is somebody’s all the same.
 */
function formOf(text: string, country: string | null): string | undefined {
  const national = country !== null && isSupportedCountry(country) && { defaultCountry: country };
  const number = parsePhoneNumberFromString(text, { ...national, extract: false });
  if (!number?.isValid()) return undefined;
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`;
}
