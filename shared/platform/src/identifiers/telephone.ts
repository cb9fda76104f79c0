import { asciiDigits } from '@vox/redaction';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** No telephone number is longer, its extension and the words for one included. */
const writtenMax = 64;
/** Invisible marks are copied along with a number from right-to-left text or from a list of contacts. */
const unseen = /[\p{Cf}\p{Variation_Selector}]/gu;

/**
 * The canonical form of a telephone number: E.164 with its extension (`+34600123987`, `+12125550100;ext=5`), because
 * several persons share an office's number. `undefined` for a text that is no number, and for a national number without
 * a country.
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
 * A number is tried as it stands, then without a trunk `(0)` that its country does not have, and then with another
 * country's prefix for calls abroad. After 011, which is a town in some countries, a whole international number must
 * follow.
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
  // Messengers still write a digit before the mobile numbers of Mexico, which gave it up in 2019.
  if (/^\+52\D*1(?:\D*\d){10}$/.test(bare)) yield bare.replace(/^(\+52\D*)1/, '$1');
}

/**
 * The general plan of each country decides (the small set of metadata), and not the ranges in use today: a range may
 * have been opened after the library was last updated.
 */
function formOf(text: string, country: string | null): string | undefined {
  const national = country !== null && isSupportedCountry(country) && { defaultCountry: country };
  const number = parsePhoneNumberFromString(text, { ...national, extract: false });
  if (!number?.isValid()) return undefined;
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`;
}
