import type { HttpCall } from '@vox/contracts';
import { expandUrl } from './expand-url.ts';
import { isPlaceholder } from './parse.ts';
import { asText, isAbsent, joined, memberOf, partsOf, Unfit, type Values } from './values.ts';

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

/** Visible ASCII with spaces and tabs (RFC 9110 §5.5). Anything else could end the header or be read otherwise. */
const headerValue = /^[\t\x20-\x7e]*$/;
function fitHeader(place: string, value: string): string {
  if (!headerValue.test(value)) throw new Unfit(place, 'must be ASCII without line breaks');
  return value;
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
    const isText = only.root === 'secrets' || only.list !== undefined;
    return isText ? asText(place, only, values) : (memberOf(only, values) ?? null);
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
