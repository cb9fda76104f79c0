import { isPlaceholder, type Part, type Placeholder, parseTemplate } from './parse.ts';

/** What placeholders stand for. A value that is not there is `undefined`. */
export type Values = Readonly<{
  args: unknown;
  secrets: Readonly<Record<string, string>>;
  session: Readonly<Record<string, string>>;
}>;

/** A value that does not fit its place. */
export class Unfit extends Error {
  readonly place: string;
  constructor(place: string, why: string) {
    super(why);
    this.place = place;
  }
}

export const partsOf = (place: string, template: string): readonly Part[] => {
  const parsed = parseTemplate(template);
  if (parsed.kind === 'malformed') throw new Unfit(place, 'is no template');
  return parsed.parts;
};

/** An own member, and never what a prototype has. */
export function memberOf({ root, path }: Placeholder, values: Values): unknown {
  let found: unknown = Object.hasOwn(values, root) ? values[root as keyof Values] : undefined;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** A value as text. Objects and lists are JSON; what is not there is the empty text, unless it is a secret. */
export function asText(place: string, placeholder: Placeholder, values: Values): string {
  if (placeholder.list !== undefined) throw new Unfit(place, 'is a list, which stands alone as a value of the query');
  const value = memberOf(placeholder, values);
  if (value === undefined && placeholder.root === 'secrets') throw new Unfit(place, 'names a secret that is not there');
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const joined = (place: string, template: string, values: Values, encode: (text: string) => string): string =>
  partsOf(place, template)
    .map((part) => (isPlaceholder(part) ? encode(asText(place, part, values)) : part.text))
    .join('');

/** Whether a template is one argument and nothing else, and the argument is not there. */
export function isAbsent(place: string, template: string, values: Values): boolean {
  const [only, another] = partsOf(place, template);
  if (only === undefined || another !== undefined || !isPlaceholder(only) || only.root !== 'args') return false;
  return (memberOf(only, values) ?? null) === null;
}
