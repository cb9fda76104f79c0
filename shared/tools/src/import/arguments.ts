import type { ListStyle } from '../template/parse.ts';
import type { Schema } from './json-schema.ts';
import { toldName } from './told-text.ts';

/** Where an argument goes, and what its name is there. A whole body has no name of its own. */
export type Place = Readonly<{ in: 'path' | 'query' | 'header' | 'body'; name: string }>;
/** `list` says how a list is written. */
export type Wanted = Place & Readonly<{ schema: Schema; required: boolean; list?: ListStyle }>;
export type Argument = Wanted & Readonly<{ argument: string }>;

/** A placeholder can hold such a name. */
const nameMax = 64;

/**
 * Names arguments. The first of several that have one name keeps it, in the order of path, query, header and body; a
 * later one is named with its place before it (`query_id`), and where that is taken too, with a number behind it.
 */
export function namedArguments(wanted: readonly Wanted[]): readonly Argument[] {
  const order = ['path', 'query', 'header', 'body'];
  const taken = new Set<string>();
  return wanted
    .toSorted((one, other) => order.indexOf(one.in) - order.indexOf(other.in))
    .map((each) => {
      const argument = freeName(toldName(each.name), each.in, taken);
      taken.add(argument);
      return { ...each, argument };
    });
}

function freeName(name: string, where: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  const placed = `${where}_${name}`.slice(0, nameMax);
  if (!taken.has(placed)) return placed;
  for (let count = 2; ; count += 1) {
    const numbered = `${placed.slice(0, nameMax - 6)}_${count}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** One schema of all arguments. */
export function schemaOfArguments(found: readonly Argument[], definitions: Readonly<Record<string, Schema>>) {
  const required = found.filter((each) => each.required).map(({ argument }) => argument);
  return {
    type: 'object',
    properties: Object.fromEntries(found.map(({ argument, schema }) => [argument, schema])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...(Object.keys(definitions).length > 0 && { $defs: definitions }),
  };
}
