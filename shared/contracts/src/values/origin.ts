import { z } from 'zod';
import { fieldSentences } from './field-mistakes.ts';

const longest = 300;
/** A scheme and an authority, without characters that a parser would drop, decode or read as something else. */
const written = /^https?:\/\/[^\s\p{C}/\\?#@%*]*[^\s\p{C}/\\?#@%*:]$/iu;
const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
/** A DNS name, an IPv4 address, or an IPv6 address in brackets. */
const host = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[0-9a-f:.]+\\])$`);

/**
 * An origin as browsers send it, serialised from the parsed URL: lower case, a host of another script in Punycode, no
 * default port. `undefined` for a text that is more than an origin, and for a host with characters that mean something
 * in a header, such as `;` or `$`: the URL parser lets those through.
 */
export function originOf(text: string): string | undefined {
  if (text.length > longest || !written.test(text) || !URL.canParse(text)) return undefined;
  const { origin, hostname, port } = new URL(text);
  // Browsers send no default port, and no port with a leading zero.
  const isAsSent = port === (/:(\d+)$/.exec(text)?.[1] ?? '');
  return isAsSent && host.test(hostname) ? origin : undefined;
}

const message = fieldSentences.origin;

/** An exact origin as browsers send it: scheme, host, port unless it is the default. No path, wildcard or `null`. */
export const Origin = z.string().refine((text) => originOf(text) === text, message);

/** An origin as a person writes it. It is read as the one that browsers send. */
export const WrittenOrigin = z
  .string()
  .overwrite((text) => originOf(text) ?? text)
  .refine((text) => originOf(text) === text, message);
