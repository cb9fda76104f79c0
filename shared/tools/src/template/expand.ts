import type { HttpCall } from '@vox/contracts';
import { isPlaceholder, type Part, type Placeholder, parseTemplate } from './parse.ts';

/** What placeholders stand for. A value that is not there is `undefined`. */
export type Values = Readonly<{
  args: unknown;
  secrets: Readonly<Record<string, string>>;
  session: Readonly<Record<string, string>>;
}>;

export type Request = Readonly<{
  method: HttpCall['method'];
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}>;
export type Expanded =
  | Readonly<{ kind: 'request'; request: Request }>
  /** A value does not fit its place. `place` names it, and nothing of the value is said. */
  | Readonly<{ kind: 'unfit'; place: string; why: string }>;

class Unfit extends Error {
  readonly place: string;
  constructor(place: string, why: string) {
    super(why);
    this.place = place;
  }
}

/** Puts values into the templates of a call. What was put in is not read again, whatever it looks like. */
export function expand(call: HttpCall, values: Values): Expanded {
  try {
    const headers = Object.fromEntries(
      Object.entries(call.headers).flatMap(([name, template]) => {
        const place = `headers.${name}`;
        if (isAbsent(place, template, values)) return [];
        const value = joined(place, template, values, (text) => text);
        return [[name, fitHeader(place, value)]];
      }),
    );
    const url = expandUrl(call.urlTemplate, values);
    const body = expandBody(call, values);
    return { kind: 'request', request: { method: call.method, url, headers: typed(headers, body), body } };
  } catch (error) {
    if (error instanceof Unfit) return { kind: 'unfit', place: error.place, why: error.message };
    throw error;
  }
}

const partsOf = (place: string, template: string): readonly Part[] => {
  const parsed = parseTemplate(template);
  if (parsed.kind === 'malformed') throw new Unfit(place, 'is no template');
  return parsed.parts;
};

/** An own member, and never what a prototype has. */
function memberOf({ root, path }: Placeholder, values: Values): unknown {
  let found: unknown = Object.hasOwn(values, root) ? values[root as keyof Values] : undefined;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** A value as text. Objects and lists are JSON; what is not there is the empty text, unless it is a secret. */
function asText(place: string, placeholder: Placeholder, values: Values): string {
  const value = memberOf(placeholder, values);
  if (value === undefined && placeholder.root === 'secrets') throw new Unfit(place, 'names a secret that is not there');
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const joined = (place: string, template: string, values: Values, encode: (text: string) => string): string =>
  partsOf(place, template)
    .map((part) => (isPlaceholder(part) ? encode(asText(place, part, values)) : part.text))
    .join('');

/** Visible ASCII with spaces and tabs (RFC 9110 §5.5). Anything else could end the header or be read otherwise. */
const headerValue = /^[\t\x20-\x7e]*$/;
function fitHeader(place: string, value: string): string {
  if (!headerValue.test(value)) throw new Unfit(place, 'must be ASCII without line breaks');
  return value;
}

const lone = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
/** Percent-encodes all but the unreserved characters of RFC 3986 §2.3. */
function encoded(place: string, text: string): string {
  if (lone.test(text)) throw new Unfit(place, 'holds half a character');
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Whether a template is one argument and nothing else, and the argument is not there. */
function isAbsent(place: string, template: string, values: Values): boolean {
  const [only, another] = partsOf(place, template);
  if (only === undefined || another !== undefined || !isPlaceholder(only) || only.root !== 'args') return false;
  return (memberOf(only, values) ?? null) === null;
}

/** A pair of the query whose value is not there is left out. */
function withoutAbsent(place: string, template: string, values: Values): string {
  const [, path, query = '', fragment = ''] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(template) ?? [];
  if (path === undefined) return template;
  const pairs = query.split('&').filter((pair) => !isAbsent(place, pair.slice(pair.indexOf('=') + 1), values));
  return `${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}${fragment}`;
}

/** No value brings a slash, so a URL has the segments of its template. */
const segmentsOf = (url: string): readonly string[] => (url.split(/[?#]/, 1)[0] ?? '').split('/').slice(3);

function expandUrl(whole: string, values: Values): string {
  const place = 'urlTemplate';
  const template = withoutAbsent(place, whole, values);
  const url = joined(place, template, values, (text) => encoded(place, text));
  const segments = segmentsOf(url);
  // A parser takes `.` and `..` for the way up, also where their dots are written as `%2e`.
  if (segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment))) throw new Unfit(place, 'would leave its path');
  // A segment that a value left empty is another path than the one that was meant: at its end, that of all things.
  if (segmentsOf(template).some((shown, at) => shown !== '' && segments[at] === ''))
    throw new Unfit(place, 'lacks a value in its path');
  return url;
}

function expandBody({ jsonBodyTemplate, pruneEmpty }: HttpCall, values: Values): string | undefined {
  if (jsonBodyTemplate === undefined) return undefined;
  const body = filled('jsonBodyTemplate', jsonBodyTemplate, values);
  return JSON.stringify((pruneEmpty ? pruned(body) : body) ?? null);
}

function filled(place: string, template: unknown, values: Values): unknown {
  if (typeof template === 'string') {
    const parts = partsOf(place, template);
    const [only] = parts;
    if (only === undefined || !isPlaceholder(only) || parts.length > 1)
      return joined(place, template, values, (text) => text);
    return only.root === 'secrets' ? asText(place, only, values) : (memberOf(only, values) ?? null);
  }
  if (Array.isArray(template)) return template.map((each, at) => filled(`${place}.${at}`, each, values));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, each]) => [name, filled(`${place}.${name}`, each, values)]),
  );
}

/** `undefined` where nothing is left. */
function pruned(value: unknown): unknown {
  if (value === null || value === '' || value === undefined) return undefined;
  if (Array.isArray(value)) {
    const left = value.map(pruned).filter((each) => each !== undefined);
    return left.length > 0 ? left : undefined;
  }
  if (typeof value !== 'object') return value;
  const left = Object.entries(value)
    .map(([name, each]) => [name, pruned(each)] as const)
    .filter(([, each]) => each !== undefined);
  return left.length > 0 ? Object.fromEntries(left) : undefined;
}

/** A body is JSON, whatever the descriptor calls it. */
const typed = (headers: Readonly<Record<string, string>>, body: string | undefined): Record<string, string> =>
  body === undefined || Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')
    ? { ...headers }
    : { ...headers, 'Content-Type': 'application/json' };
