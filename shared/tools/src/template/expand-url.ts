import { isPlaceholder, type ListStyle } from './parse.ts';
import { isAbsent, joined, memberOf, partsOf, Unfit, type Values } from './values.ts';

const place = 'urlTemplate';

const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
/** Percent-encodes all but the unreserved characters of RFC 3986 §2.3. */
function encoded(place: string, text: string): string {
  if (lone.test(text)) throw new Unfit(place, 'holds half a character');
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** What a list is written with between its values, and what no value may hold then. */
const between: Readonly<Record<Exclude<ListStyle, 'repeat'>, Readonly<{ written: string; apart?: string }>>> = {
  // A comma of a value is encoded.
  comma: { written: ',' },
  space: { written: '%20', apart: ' ' },
  pipe: { written: '%7C', apart: '|' },
};

/** A pair of the query: none where its value is not there, and as many as it needs for a list. */
function pairsOf(pair: string, values: Values, write: (template: string) => string): readonly string[] {
  const at = pair.indexOf('=');
  const value = pair.slice(at + 1);
  const [only, another] = partsOf(place, value);
  if (only !== undefined && another === undefined && isPlaceholder(only) && only.list !== undefined && at > 0) {
    const texts = textsOf(memberOf(only, values));
    return listed(write(pair.slice(0, at)), texts, only.list);
  }
  return isAbsent(place, value, values) ? [] : [write(pair)];
}

/** A list as texts. One that is not there has none. */
function textsOf(list: unknown): readonly string[] {
  if (list === undefined || list === null) return [];
  const isText = (each: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof each);
  if (!Array.isArray(list) || !list.every(isText))
    throw new Unfit(place, 'must be a list of texts, numbers and booleans');
  return list.map(String);
}

function listed(name: string, texts: readonly string[], style: ListStyle): readonly string[] {
  if (texts.length === 0) return [];
  if (style === 'repeat') return texts.map((text) => `${name}=${encoded(place, text)}`);
  const { written, apart } = between[style];
  if (apart !== undefined && texts.some((text) => text.includes(apart)))
    throw new Unfit(place, 'holds what its list is parted by');
  return [`${name}=${texts.map((text) => encoded(place, text)).join(written)}`];
}

/** No value brings a slash, so a URL has the segments of its template. */
const segmentsOf = (url: string): readonly string[] => (url.split(/[?#]/, 1)[0] ?? '').split('/').slice(3);

export function expandUrl(whole: string, values: Values): string {
  const write = (template: string): string => joined(place, template, values, (text) => encoded(place, text));
  const [, path = whole, query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(whole) ?? [];
  const pairs = (query?.split('&') ?? []).flatMap((pair) => pairsOf(pair, values, write));
  const url = `${write(path)}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}${write(fragment)}`;
  const segments = segmentsOf(url);
  // A parser takes `.` and `..` for the way up, also where their dots are written as `%2e`.
  if (segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) throw new Unfit(place, 'would leave its path');
  // A segment that a value left empty is another path than the one that was meant: at its end, that of all things.
  if (segmentsOf(whole).some((shown, at) => shown !== '' && segments[at] === ''))
    throw new Unfit(place, 'lacks a value in its path');
  return url;
}
