import { isKnownDialect, isNode, memberOf, type Node, type OpenApi, resolve, Untranslatable } from './document.ts';
import { asJsonSchema } from './schema-3-0.ts';

export type Schema = boolean | Readonly<{ [keyword: string]: unknown }>;

/** Keywords whose value says nothing of other schemas. What is in no list says nothing that JSON Schema knows. */
const plain = [
  ...['type', 'enum', 'const', 'title', 'description', 'default', 'examples', 'format', 'pattern', 'required'],
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minContains', 'maxContains', 'minProperties', 'maxProperties'],
  ...['dependentRequired', 'contentEncoding', 'contentMediaType'],
];
/** Keywords of schemas for a member or an item, and of schemas for the value itself. */
const below = ['items', 'additionalProperties', 'contains', 'propertyNames', 'unevaluatedProperties'];
const here = ['not', 'if', 'then', 'else'];
const lists = ['allOf', 'anyOf', 'oneOf'];
const anchors = ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$recursiveAnchor'];
const annotations = new Set(['title', 'description', 'default', 'examples', 'deprecated', 'summary']);

/** The way to a schema: references that are open, and those of them since the last step into a member or an item. */
type Way = Readonly<{ open: readonly string[]; openHere: readonly string[]; depth: number }>;
const start: Way = { open: [], openHere: [], depth: 0 };
const down = (way: Way): Way => ({ ...way, openHere: [], depth: way.depth + 1 });
const aside = (way: Way): Way => ({ ...way, depth: way.depth + 1 });
const through = (way: Way, reference: string): Way => ({
  ...{ open: [...way.open, reference], openHere: [...way.openHere, reference] },
  depth: way.depth,
});

const depthMax = 12;
const schemasMax = 1_000;

/**
 * Turns the schemas of one operation into JSON Schema 2020-12 without references, but for those of a schema that
 * contains itself, which `definitions` answers. What only answers hold (`readOnly`) is left out. Throws Untranslatable.
 */
export class SchemaReader {
  readonly #document: OpenApi;
  readonly #recursive = new Map<string, string>();
  #left = schemasMax;
  constructor(document: OpenApi) {
    this.#document = document;
  }

  /** The schemas that contain themselves, by the names under which others refer to them as `#/$defs/…`. */
  definitions(): Readonly<Record<string, Schema>> {
    const found: [string, Schema][] = [];
    // Reading one may find others, which the map then goes on to.
    for (const [reference, name] of this.#recursive) {
      const { node, place } = resolve(this.#document, reference, reference);
      found.push([name, this.read(node, place, through(start, reference))]);
    }
    return Object.fromEntries(found);
  }

  read(value: unknown, place: string, way = start): Schema {
    if (typeof value === 'boolean') return value;
    if (!isNode(value)) throw new Untranslatable(place, 'must be a schema');
    this.#left -= 1;
    if (this.#left < 0) throw new Untranslatable(place, `is one of more than ${schemasMax} schemas`);
    if (way.depth > depthMax) throw new Untranslatable(place, `must be at most ${depthMax} schemas deep`);
    return value.$ref === undefined ? this.#translated(value, place, way) : this.#referred(value, place, way);
  }

  #referred({ $ref, ...beside }: Node, place: string, way: Way): Schema {
    const found = resolve(this.#document, $ref, place);
    const reference = String($ref);
    if (way.openHere.includes(reference)) throw new Untranslatable(`${place}.$ref`, 'refers to nothing but itself');
    const inner = way.open.includes(reference)
      ? { $ref: `#/$defs/${this.#definitionOf(reference)}` }
      : this.read(found.node, found.place, through(way, reference));
    // In OpenAPI 3.0 whatever stands beside a reference is ignored.
    if (this.#document.is30 || Object.keys(beside).length === 0) return inner;
    const more = this.read(beside, place, aside(way));
    const saysOnly = Object.keys(beside).every((each) => annotations.has(each));
    return saysOnly && typeof inner === 'object' && typeof more === 'object'
      ? { ...inner, ...more }
      : { allOf: [inner, more] };
  }

  #definitionOf(reference: string): string {
    const known = this.#recursive.get(reference);
    if (known !== undefined) return known;
    const name = (reference.split('/').at(-1) ?? '').replaceAll(/[^A-Za-z0-9_]/g, '_');
    const taken = [...this.#recursive.values()];
    const free = taken.includes(name) ? `${name}_${taken.length + 1}` : name;
    this.#recursive.set(reference, free);
    return free;
  }

  #translated(raw: Node, place: string, way: Way): Schema {
    const node = this.#document.is30 ? asJsonSchema(raw) : raw;
    for (const each of anchors)
      if (each in node) throw new Untranslatable(`${place}.${each}`, 'is not followed: refer to a place in the file');
    if (!isKnownDialect(node.$schema)) throw new Untranslatable(`${place}.$schema`, 'must be JSON Schema 2020-12');
    const inner = (keys: readonly string[], next: Way) =>
      keys.flatMap((key) => (key in node ? [[key, this.#each(node[key], `${place}.${key}`, next)]] : []));
    const named = (key: string, next: Way) =>
      isNode(node[key]) ? [[key, this.#named(node[key], `${place}.${key}`, next)]] : [];
    return Object.fromEntries([
      ...plain.filter((key) => node[key] !== undefined).map((key) => [key, node[key]]),
      ...inner([...below, 'prefixItems'], down(way)),
      ...inner([...here, ...lists], aside(way)),
      ...named('patternProperties', down(way)),
      ...named('dependentSchemas', aside(way)),
      ...this.#members(node, place, way),
    ]);
  }

  #each(value: unknown, place: string, way: Way): unknown {
    return Array.isArray(value)
      ? value.map((each, at) => this.read(each, `${place}.${at}`, way))
      : this.read(value, place, way);
  }

  #named(schemas: Node, place: string, way: Way): Node {
    return Object.fromEntries(
      Object.entries(schemas).map(([name, each]) => [name, this.read(each, `${place}.${name}`, way)]),
    );
  }

  /** The members that a request may hold. */
  #members({ properties, required }: Node, place: string, way: Way): readonly (readonly [string, unknown])[] {
    if (!isNode(properties)) return [];
    const [answered, sent] = [new Set<unknown>(), [] as (readonly [string, unknown])[]];
    // Whoever reads a descriptor drops such a member without a word.
    if (Object.hasOwn(properties, '__proto__')) throw new Untranslatable(place, 'must have no member __proto__');
    for (const entry of Object.entries(properties))
      if (this.#isReadOnly(entry[1], place)) answered.add(entry[0]);
      else sent.push(entry);
    const members = this.#named(Object.fromEntries(sent), `${place}.properties`, down(way));
    if (answered.size === 0 || !Array.isArray(required)) return [['properties', members]];
    return [
      ['properties', members],
      ['required', required.filter((name) => !answered.has(name))],
    ];
  }

  #isReadOnly(value: unknown, place: string): boolean {
    if (memberOf(value, 'readOnly') === true) return true;
    const reference = memberOf(value, '$ref');
    return reference !== undefined && resolve(this.#document, reference, place).node.readOnly === true;
  }
}

const scalars = new Set<unknown>(['string', 'number', 'integer', 'boolean', 'null']);

/** Whether each value of a schema is a text, a number, a boolean or null, which can stand in a URL or a header. */
export function isScalar(schema: Schema): boolean {
  if (typeof schema === 'boolean') return false;
  const { type, enum: values, anyOf, oneOf, allOf } = schema;
  if (type !== undefined) return [type].flat().every((each) => scalars.has(each));
  if ('const' in schema) return typeof schema.const !== 'object' || schema.const === null;
  if (Array.isArray(values)) return values.every((each) => typeof each !== 'object' || each === null);
  if (Array.isArray(allOf)) return allOf.some(isScalar);
  const choices = anyOf ?? oneOf;
  return Array.isArray(choices) && choices.length > 0 && choices.every(isScalar);
}
