import { addressOf } from './address.ts';

/**
 * The header in which trusted proxies say whom they speak for. The other one is whatever a client wrote, and is never
 * looked at.
 */
export const addressHeaders = ['x-forwarded-for', 'forwarded'] as const;
export type AddressHeader = (typeof addressHeaders)[number];

/** Proxies in a row. Whoever writes more writes them himself. */
const hopsMax = 32;

/**
 * The parts of a list from the right, as far as each is asked for: what a proxy added last is read without a look at
 * what stands to its left, so a quote that a client left open there takes nothing in. Parts without a word (RFC 9110
 * §5.6.1.2) are none.
 */
export function* fromRight(list: string, sign: ',' | ';'): Generator<string> {
  let end = list.length;
  let quoted = false;
  for (let at = list.length - 1; at >= -1; at -= 1) {
    const letter = list[at];
    if (letter === '"' && !isEscaped(list, at)) quoted = !quoted;
    if (at >= 0 && (quoted || letter !== sign)) continue;
    const part = list.slice(at + 1, end).trim();
    end = at;
    if (part !== '') yield part;
  }
}

/**
 * Whether an odd number of backslashes stands before. Each is looked at once: two quotes in a row have none between
 * them.
 */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && text[before] === '\\') before -= 1;
  return (at - 1 - before) % 2 === 1;
}

const unquoted = (text: string): string =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll(/\\(.)/g, '$1') : text;

/**
 * The address of a node (RFC 7239 §6), with its port or without, as proxies write it. `unknown` and `_hidden` are none.
 */
export function nodeAddress(node: string): string | undefined {
  const text = unquoted(node.trim());
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    return close > 0 && isPort(text.slice(close + 1)) ? addressOf(text.slice(1, close)) : undefined;
  }
  const colon = text.indexOf(':');
  const isOneColon = colon > 0 && text.indexOf(':', colon + 1) < 0;
  if (isOneColon) return isPort(text.slice(colon)) ? addressOf(text.slice(0, colon)) : undefined;
  return addressOf(text);
}
const isPort = (text: string): boolean => text === '' || /^:(?:[0-9]{1,5}|_[A-Za-z0-9._-]{1,32})$/.test(text);

/** A parameter of one element of Forwarded, the names in any case. Named twice, it says nothing. */
export function parameterOf(element: string, name: string): string | undefined {
  const found: string[] = [];
  for (const pair of fromRight(element, ';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim().toLowerCase() === name) found.push(pair.slice(equals + 1).trim());
  }
  const [value] = found;
  return found.length === 1 && value !== undefined ? unquoted(value) : undefined;
}

/** The addresses that proxies named, the nearest first; `undefined` where one named none. */
export function* hopsOf(header: AddressHeader, value: string): Generator<string | undefined> {
  let hops = 0;
  for (const part of fromRight(value, ',')) {
    hops += 1;
    if (hops > hopsMax) return;
    const node = header === 'forwarded' ? parameterOf(part, 'for') : part;
    yield node === undefined ? undefined : nodeAddress(node);
  }
}
