/** Past these, JSON is not read and therefore cut. */
const depthMost = 16;
const leavesMost = 10_000;
export const unread = '[REDACTED:depth]';

/** A string or number, and what stands in its place at the end. */
export type Leaf = { readonly key: string; readonly text: string; readonly number: boolean; now: unknown };
/** Fields that may hold parts of one number: elements of an array, or `part1` and `part2` of an object. */
export type Group = Readonly<{ name: string; leaves: Leaf[] }>;
/** JSON that was read: its groups, its keys, and a function that builds JSON from the leaves as they are now. */
export type GroupedJson = Readonly<{
  groups: Group[];
  keys: Map<string, string>;
  cutShort: () => number;
  build: () => unknown;
}>;

/** `cardNumber2` as words without digits: what it says about its value, and which fields it stands together with. */
const stem = (key: string): string =>
  key
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[\p{N}_-]+/gu, ' ')
    .trim();

/** A number as it was written. JSON numbers above 2^53 lose their last digits and keep their first. */
const written = (value: number): string => (Number.isInteger(value) ? BigInt(value).toString() : String(value));

/** Reads JSON into groups. Nothing of the value given is changed. */
export function grouped(value: unknown): GroupedJson {
  const groups: Group[] = [];
  const keys = new Map<string, string>();
  let [leaves, unreadCount] = [0, 0];

  const leaf = (of: string | number, group: Group, key: string): (() => unknown) => {
    const made: Leaf = {
      key,
      text: typeof of === 'number' ? written(of) : of,
      number: typeof of === 'number',
      now: of,
    };
    group.leaves.push(made);
    return () => made.now;
  };
  const opened = (name: string): Group => {
    const group = { name, leaves: [] };
    groups.push(group);
    return group;
  };
  const read = (of: unknown, group: Group, depth: number, key: string): (() => unknown) => {
    if (of === null || of === undefined || typeof of === 'boolean') return () => of;
    leaves += 1;
    if (depth > depthMost || leaves > leavesMost || !isJson(of)) {
      unreadCount += 1;
      return () => unread;
    }
    if (typeof of === 'string' || typeof of === 'number') return leaf(of, group, key);
    if (Array.isArray(of)) {
      const together = opened(group.name);
      const items = of.map((each) => read(each, together, depth + 1, key));
      return () => items.map((each) => each());
    }
    return readObject(Object.entries(of), depth);
  };
  const readObject = (entries: readonly [string, unknown][], depth: number): (() => unknown) => {
    const byStem = new Map<string, Group>();
    const fields = entries.map(([key, each]): [string, () => unknown] => {
      const name = stem(key);
      const group = byStem.get(name) ?? opened(name);
      byStem.set(name, group);
      keys.set(key, key);
      return [key, read(each, group, depth + 1, key)];
    });
    return () => Object.fromEntries(apart(fields.map(([key, each]) => [keys.get(key) ?? key, each()])));
  };
  const build = read(value, opened(''), 0, '');
  return { groups, keys, cutShort: () => unreadCount, build };
}

const isJson = (value: unknown): value is string | number | object =>
  typeof value === 'string' ||
  (typeof value === 'number' && Number.isFinite(value)) ||
  (typeof value === 'object' && value !== null);

/** Two keys that read the same once they are cut stay two. */
function apart(entries: readonly [string, unknown][]): [string, unknown][] {
  const used = new Set<string>();
  const counted = new Map<string, number>();
  return entries.map(([key, value]) => {
    let free = key;
    let more = counted.get(key) ?? 2;
    for (; used.has(free); more += 1) free = `${key} (${more})`;
    // The next key counts on from here: thousands of keys may read the same.
    counted.set(key, more);
    used.add(free);
    return [free, value];
  });
}
