import fc from 'fast-check';
import type { Operation, Schema } from './document.ts';
import { hostile, type Known, mostly, objectsOf, valuesOf } from './values.ts';

/** One request as a hostile client may send it. */
export type Sent = Readonly<{
  path: string;
  query: [string, string][];
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
}>;

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

/** A good body, a body with one mistake, or no object at all. */
function bodiesOf(schema: Schema | undefined, known: Known): fc.Arbitrary<Sent['body']> {
  const good = objectsOf(schema ?? {}, known);
  const names = [...Object.keys(schema?.properties ?? {}), '__proto__', 'constructor', 'prototype', 'unknown'];
  const spoilt = fc
    .tuple(good, fc.constantFrom(...names), hostile, fc.constantFrom('set', 'drop', 'twice'))
    .map(([object, name, value, how]) => {
      const { [name]: _left, ...others } = object;
      if (how === 'drop') return JSON.stringify(others);
      const rest = JSON.stringify(how === 'twice' ? object : others).slice(1);
      return `{${JSON.stringify(name)}:${JSON.stringify(value)}${rest === '}' ? '' : ','}${rest}`;
    });
  const odd = fc.constantFrom<Sent['body']>(
    ...[
      '',
      '{',
      'null',
      '[]',
      '"text"',
      '1e999',
      deep(11),
      deep(5_000),
      '['.repeat(5_000),
      `{"a":"${'x'.repeat(70_000)}"}`,
    ],
    new Uint8Array([0xff, 0xfe, 0x7b]),
    undefined,
  );
  return fc.oneof(
    { weight: 10, arbitrary: good.map((object) => JSON.stringify(object)) },
    { weight: 6, arbitrary: spoilt },
    { weight: 1, arbitrary: odd },
  );
}

const printable = fc.stringMatching(/^[\x20-\x7e]{0,300}$/).map((text) => text.trim());
const contentTypes = [
  ...[
    'text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=nonsense',
    'application/problem+json',
  ],
  ...['application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded', ';', ''],
];

function headersOf({ parameters }: Operation, known: Known): fc.Arbitrary<Record<string, string>> {
  const tokens = (known.authorization ?? []).map(String);
  /** Cookies of members who are signed in: their pages send a header of their own along. */
  const own = (known.cookie ?? []).map(String);
  const named = parameters.filter((each) => each.in === 'header').map(({ name }) => [name, printable] as const);
  return fc.record(
    {
      ...Object.fromEntries(named),
      'content-type': mostly(['application/json'], fc.constantFrom(...contentTypes)),
      ...(tokens.length > 0 && { authorization: mostly(tokens, printable) }),
      origin: mostly(
        (known.origin ?? []).map(String),
        fc.oneof(fc.constantFrom('null', 'https://evil.example', 'https://shop.example.evil', '//', ''), printable),
      ),
      ...(own.length > 0 && { 'x-vox-request': mostly(['1'], printable) }),
      cookie: fc.oneof(
        ...own.map((cookie) => ({ weight: 12, arbitrary: fc.constant(cookie) })),
        ...tokens.map((token) => fc.constant(`__Host-tenant_session=${token.replace('Bearer ', '')}`)),
        printable,
      ),
      'content-encoding': mostly(['identity'], fc.constantFrom('gzip', 'br', 'x')),
      traceparent: printable,
      forwarded: printable,
    },
    {
      requiredKeys: [
        'content-type',
        ...(tokens.length > 0 ? (['authorization'] as const) : []),
        'origin',
        ...(own.length > 0 ? (['cookie', 'x-vox-request'] as const) : []),
      ],
    },
  );
}

function queriesOf({ parameters }: Operation, known: Known): fc.Arbitrary<Sent['query']> {
  const asked = parameters.filter((each) => each.in === 'query');
  const text = (value: unknown): string => (typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value));
  const values = (name: string, schema: Schema) =>
    mostly<unknown>(known[name] ?? [''], fc.oneof(valuesOf(schema), hostile));
  const pairs = asked.map(({ name, schema }) =>
    values(name, schema).map((value) => [name, text(value)] as [string, string]),
  );
  const surplus = fc.tuple(
    fc.constantFrom('__proto__', 'unknown', ...asked.map(({ name }) => name)),
    hostile.map(text),
  );
  return fc
    .tuple(fc.subarray(pairs), fc.array(surplus, { maxLength: 2 }))
    .chain(([some, more]) => fc.tuple(...some).map((all) => [...all, ...more]));
}

/** The path of an operation with a value in each of its places. */
function pathsOf({ path, parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const places = parameters.filter((each) => each.in === 'path');
  const values = places.map(({ name, schema }) =>
    mostly<unknown>([...(known[name] ?? []), 'none'], fc.oneof(valuesOf(schema), hostile)).map((value) => [
      `{${name}}`,
      encodeURIComponent(String(value).toWellFormed()) || 'none',
    ]),
  );
  return fc
    .tuple(...values)
    .map((all) => all.reduce((made, [place = '', value = '']) => made.replace(place, () => value), path));
}

/** Requests of one operation, right and wrong in every part. */
export const requestsOf = (operation: Operation, known: Known): fc.Arbitrary<Sent> =>
  fc.record({
    path: pathsOf(operation, known),
    query: queriesOf(operation, known),
    headers: headersOf(operation, known),
    body: operation.method === 'get' ? fc.constant(undefined) : bodiesOf(operation.body, known),
  });
