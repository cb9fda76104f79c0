/** What a placeholder may begin with. */
export const roots = ['args', 'secrets', 'session'] as const;
export type Root = (typeof roots)[number];

/** How a list is written as the value of a pair of the query: as a pair for each, or parted by something. */
export const listStyles = ['repeat', 'comma', 'space', 'pipe'] as const;
export type ListStyle = (typeof listStyles)[number];

/** `{{root.path}}`, and of a list `{{root.path|style}}`. The path has one name or more. */
export type Placeholder = Readonly<{ root: string; path: readonly string[]; list?: ListStyle }>;
export type Part = Readonly<{ text: string }> | Placeholder;

export type Parsed =
  | Readonly<{ kind: 'template'; parts: readonly Part[] }>
  /** What stands between braces is no placeholder, or a brace is left over. */
  | Readonly<{ kind: 'malformed'; near: string }>;

const inside = /^\s*([A-Za-z_][A-Za-z0-9_]{0,63})((?:\.[A-Za-z0-9_-]{1,64}){1,8})\s*(?:\|\s*([a-z]{1,8})\s*)?$/;
const nearChars = 24;

/** Reads a text with placeholders, from left to right, once. `{{` always begins one: there is no escape. */
export function parseTemplate(template: string): Parsed {
  const parts: Part[] = [];
  let at = 0;
  for (;;) {
    const open = template.indexOf('{{', at);
    const text = template.slice(at, open === -1 ? undefined : open);
    if (text.includes('}}')) return { kind: 'malformed', near: text.slice(text.indexOf('}}')).slice(0, nearChars) };
    if (text !== '') parts.push({ text });
    if (open === -1) return { kind: 'template', parts };
    const close = template.indexOf('}}', open);
    const found = close === -1 ? undefined : inside.exec(template.slice(open + 2, close));
    const list = listStyles.find((style) => style === found?.[3]);
    if (found == null || (found[3] !== undefined && list === undefined))
      return { kind: 'malformed', near: template.slice(open, open + nearChars) };
    const [, root = '', path = ''] = found;
    parts.push({ root, path: path.slice(1).split('.'), ...(list && { list }) });
    at = close + 2;
  }
}

export const isPlaceholder = (part: Part): part is Placeholder => 'root' in part;
export const placeholdersIn = (parts: readonly Part[]): Placeholder[] => parts.filter(isPlaceholder);

/** Every text in a JSON value, with its place: `items.0.name`. Names of members are no templates. */
export function textsIn(value: unknown, place: string): readonly Readonly<{ place: string; text: string }>[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (Array.isArray(value)) return value.flatMap((each, at) => textsIn(each, `${place}.${at}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, `${place}.${name}`));
}
