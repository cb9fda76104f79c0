import { emailForm } from '@vox/platform/identifiers';

/** The signs of an address that is written without quotation marks (RFC 5322, 3.2.3), and its domain. */
const written = /^[a-z0-9!#$%&'*+/=?^_`{|}~.-]+@[a-z0-9.-]+$/i;
/** Controls, line ends among them, and everything outside ASCII. A tab is left around an address by forms. */
const unwritten = /[^\t\x20-\x7e]/;
/** RFC 5321, 4.5.3.1.3. */
const longest = 254;

/**
 * The one form in which an address is compared, counted and written to; `undefined` for what is not one address.
 *
 * Folded: upper and lower case, blanks around the address, the dot at the end of the domain. Not folded: dots and tags
 * (`ann+shop@`), for only the provider knows which addresses share a mailbox.
 * Refused: every character outside ASCII, so that no look-alike letter and no letter that folding turns into another
 * (the Kelvin sign becomes a k) ever reaches somebody else's mailbox. A domain in another script is written in its
 * `xn--` form. Refused too: quotation marks, lists, names with angle brackets, line ends and every other control
 * character, dots at the ends of the local part or in a row, an IP address as the domain, and a local part above 64
 * octets (RFC 5321, 4.5.3.1.1).
 *
 * `emailForm` of the identifiers is the base. Alone it is too wide for signing in: a privacy request must find a person
 * however the address was written.
 */
export function normalisedAddress(email: string): string | undefined {
  if (email.length > longest || unwritten.test(email)) return undefined;
  const text = email.trim();
  if (!written.test(text) || /^\.|\.\.|\.@/.test(text)) return undefined;
  return emailForm(text);
}
