/** Headers that speak of the line, or that only this door may set (RFC 9110 §7.6.1, RFC 9112). */
const ours = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect'],
  ...['keep-alive', 'proxy-connection', 'proxy-authorization', 'proxy-authenticate', 'http2-settings'],
]);
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const value = /^[\t\x20-\x7e\x80-\xff]*$/;
const allBytesMax = 16_384;

type Headers = Readonly<Record<string, string>>;

/**
 * The headers of a request as they leave, or `undefined` where one of them could be read as more than a header: a line
 * break, a name with a colon, one of the line itself. Answers are asked for without compression.
 */
export function sentHeaders(given: Headers): Headers | undefined {
  const entries = Object.entries(given).map(([name, text]) => [name.toLowerCase(), text] as const);
  const isFit = ([name, text]: readonly [string, unknown]): boolean =>
    token.test(name) && !ours.has(name) && typeof text === 'string' && value.test(text);
  const size = entries.reduce((sum, [name, text]) => sum + name.length + String(text).length + 4, 0);
  const isOnce = new Set(entries.map(([name]) => name)).size === entries.length;
  if (size > allBytesMax || !isOnce || !entries.every(isFit)) return undefined;
  return { ...Object.fromEntries(entries), 'accept-encoding': 'identity' };
}

/** What every caller may read of an answer's head. */
const standard = ['content-type', 'retry-after'];

/** Of an answer's headers those that somebody asked for, one text each. */
export function keptHeaders(
  came: Readonly<Record<string, string | string[] | undefined>>,
  wanted: readonly string[] = [],
): Readonly<Record<string, string | undefined>> {
  const kept = [...standard, ...wanted].map((name) => name.toLowerCase());
  return Object.fromEntries(
    kept.flatMap((name) => {
      const found = Object.hasOwn(came, name) ? came[name] : undefined;
      return found === undefined ? [] : [[name, Array.isArray(found) ? found.join(', ') : found]];
    }),
  );
}
