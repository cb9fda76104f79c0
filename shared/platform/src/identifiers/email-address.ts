import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 5321, 4.5.3.1: the longest local part, and the longest address as a path, in octets. */
const localMax = 64;
const addressMax = 254;
const domainMax = 253;

/**
 * Characters that show no sign or are none: controls, format and private characters, half a pair, and characters that a
 * font leaves out.
 */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/**
 * Letters of any language, and the characters that RFC 5322 allows without quotation marks. Dots may stand anywhere:
 * some providers gave such addresses out.
 */
const plain = /^(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]|[^\p{ASCII}\p{Z}])+$/u;
const quoted = /^"((?:[^"\\]|\\[\x20-\x7e])*)"$/;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Blanks that a form or a keyboard leaves around an address. A line end is none of them: it begins another header. */
const blanks = ' \t\u00a0\u3000';
function withoutBlanks(text: string): string {
  const isBlank = (at: number): boolean => blanks.includes(text.charAt(at));
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/**
 * The canonical form of an e-mail address: NFC, in lower case, its domain in ASCII (UTS 46) without the root's dot, its
 * local part without quotation marks unless it needs them. Tags (`ann+shop@`) and dots tell addresses apart: only the
 * provider knows which addresses share a mailbox. `undefined` for a text that is not one address.
 */
export function emailForm(written: string): string | undefined {
  if (written.length > addressMax * 2) return undefined;
  const text = withoutBlanks(written).replace(/[\uff01-\uff5e]/g, narrow);
  const at = text.lastIndexOf('@');
  if (at < 1 || unseen.test(text)) return undefined;
  const local = localForm(text.slice(0, at));
  const domain = domainForm(text.slice(at + 1));
  if (local === undefined || domain === undefined) return undefined;
  const form = `${local}@${domain}`;
  return Buffer.byteLength(form) > addressMax ? undefined : form;
}

/** Some keyboards write full-width letters and signs; they are read as ASCII. */
const narrow = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xfee0);

function localForm(text: string): string | undefined {
  const inQuotes = quoted.exec(text)?.[1]?.replace(/\\(.)/g, '$1');
  const said = lowered(inQuotes ?? text);
  if (said.length === 0 || /^\.+$/.test(said) || Buffer.byteLength(said) > localMax) return undefined;
  if (plain.test(said)) return said;
  // `said` holds a blank or a sign that quotation marks alone let stand.
  return inQuotes === undefined || said.trim() === '' ? undefined : `"${said.replace(/["\\]/g, '\\$&')}"`;
}

/** Lower case that is stable under a second pass; a sigma at the end of a word is a sigma. */
const lowered = (text: string): string => text.normalize('NFC').toLowerCase().replaceAll('ς', 'σ').normalize('NFC');

function domainForm(text: string): string | undefined {
  // An escape or a port may stand in a URL's host, but makes no domain.
  if (!/^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u.test(text)) return undefined;
  const domain = domainToASCII(text.normalize('NFC').toLowerCase()).replace(/\.$/, '');
  const labels = domain.split('.');
  if (domain.length > domainMax || labels.length < 2 || !labels.every(isLabel)) return undefined;
  // A number is no top-level domain: a name that ends in one is an IP address.
  return /[a-z]/.test(labels.at(-1) ?? '') ? domain : undefined;
}

const isLabel = (text: string): boolean =>
  label.test(text) && !(text.startsWith('xn--') && domainToUnicode(text).startsWith('xn--'));
