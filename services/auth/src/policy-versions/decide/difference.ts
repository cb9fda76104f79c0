import type { PolicyChange } from '@vox/contracts';

type Json = NonNullable<PolicyChange['before']> | null;
/** Makes the hash that stands for a long text. */
export type HashText = (text: string) => string;

/** A text that is longer is shown by its hash. */
const shownMax = 200;

/** A name as a part of a JSON pointer (RFC 6901 §3). */
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/**
 * What differs between two values, each place once, by JSON pointers. Where only one side has a value, that is one
 * difference, whatever the value holds.
 */
export function differences(before: unknown, after: unknown, hash: HashText, path = ''): PolicyChange[] {
  const [old, young] = [fieldsOf(before), fieldsOf(after)];
  if (old === undefined || young === undefined || Array.isArray(before) !== Array.isArray(after))
    return before === after ? [] : [changeOf(path, before, after, hash)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(young)])];
  return names.flatMap((name) => differences(old[name], young[name], hash, `${path}/${escaped(name)}`));
}

const changeOf = (path: string, before: unknown, after: unknown, hash: HashText): PolicyChange => ({
  path,
  ...(before !== undefined && { before: shortened(before as Json, hash) }),
  ...(after !== undefined && { after: shortened(after as Json, hash) }),
});

function shortened(value: Json, hash: HashText): Json {
  if (typeof value === 'string') return value.length > shownMax ? hash(value) : value;
  if (Array.isArray(value)) return value.map((each) => shortened(each, hash));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shortened(each as Json, hash)]));
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
