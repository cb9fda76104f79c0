import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lintTool } from '../lint/lint.ts';
import { expand } from '../template/expand.ts';
import { importOperation, openApiOf, operationsOf } from './mod.ts';

/** One value of a request: how the document describes it, and what it is in one request. */
type Sent = { in: string; name: string; schema: object; required: boolean; value: unknown; isShared: boolean };

const line = fc.stringMatching(/^[ -~]{1,12}$/);
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((each) => each.isWellFormed());
const typed = (texts: fc.Arbitrary<string>) =>
  fc.oneof(
    texts.map((value) => ({ schema: { type: 'string' }, value })),
    fc.integer().map((value) => ({ schema: { type: 'integer' }, value })),
    fc.boolean().map((value) => ({ schema: { type: 'boolean' }, value })),
  );
const sent = (where: string, name: string, texts: fc.Arbitrary<string>): fc.Arbitrary<Sent> =>
  fc
    .tuple(typed(texts), fc.boolean(), fc.boolean(), fc.boolean())
    .map(([{ schema, value }, required, isThere, isShared]) => ({
      ...{ in: where, name, schema, isShared, required: required || where === 'path' },
      value: required || where === 'path' || isThere ? value : undefined,
    }));
const each = (where: string, names: string[], texts: fc.Arbitrary<string>) =>
  fc.subarray(names).chain((some) => fc.tuple(...some.map((name) => sent(where, name, texts))));

const security = fc.constantFrom(
  undefined,
  { type: 'apiKey', in: 'header', name: 'X-Key', header: ['X-Key', 's3'] },
  { type: 'http', scheme: 'bearer', header: ['Authorization', 'Bearer s3'] },
  { type: 'http', scheme: 'basic', header: ['Authorization', 'Basic s3'] },
);
/** Names come again in several places, so that they collide. */
const described = fc.record({
  version: fc.constantFrom('3.0.3', '3.1.1'),
  base: fc.constantFrom('', '/', '/v1', '/{stage}/v1/'),
  method: fc.constantFrom('get', 'put', 'post', 'patch', 'delete'),
  path: each('path', ['id', 'kind', 'query_id'], line).filter((some) =>
    some.every(({ value }) => !/^\.{1,2}$/.test(String(value))),
  ),
  query: each('query', ['id', 'filter[state]', 'kind', '_q', '✓'], text),
  header: each('header', ['X-Trace', 'id'], line),
  body: each('body', ['id', 'note', 'kind', '{{args.id}}'], text),
  security,
});
type Described = typeof described extends fc.Arbitrary<infer D> ? D : never;

function documentOf({ version, base, method, path, query, header, body, security: scheme }: Described) {
  const schemas: Record<string, unknown> = {};
  const schemaOf = ({ in: where, name, schema, isShared }: Sent) => {
    if (!isShared) return schema;
    schemas[`${where} ${name}`] = schema;
    return { $ref: `#/components/schemas/${encodeURIComponent(`${where} ${name}`)}` };
  };
  const operation = {
    operationId: 'ask',
    parameters: [...path, ...query, ...header].map((each) => ({
      ...{ in: each.in, name: each.name, required: each.required, schema: schemaOf(each) },
    })),
    ...(body.length > 0 && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } },
      },
    }),
    ...(scheme && { security: [{ theKey: [] }] }),
  };
  schemas.Body = {
    type: 'object',
    properties: Object.fromEntries(body.map((each) => [each.name, schemaOf(each)])),
    required: body.filter(({ required }) => required).map(({ name }) => name),
  };
  return {
    openapi: version,
    servers: [
      { url: 'http://inside/' },
      { url: `https://{host}.shop.com${base}`, variables: { host: { default: 'api' }, stage: { default: 'live' } } },
    ],
    paths: { [`/a${path.map(({ name }) => `/${name}/{${name}}`).join('')}`]: { [method]: operation } },
    components: { schemas, ...(scheme && { securitySchemes: { theKey: scheme } }) },
  };
}

const isThere = ({ value }: Sent): boolean => value !== undefined;
const pairs = (some: readonly Sent[]) => some.filter(isThere).map(({ name, value }) => [name, value] as const);

it('a descriptor that is made of an operation expands to the request that the operation describes', () => {
  const ajv = new Ajv2020({ strict: false });
  fc.assert(
    fc.property(described, (given) => {
      fc.pre(given.method !== 'get' || given.body.length === 0);
      const document = openApiOf(JSON.parse(JSON.stringify(documentOf(given))));
      const [operation] = operationsOf(document);
      if (operation === undefined) throw new Error('no operation');
      const imported = importOperation(document, operation);
      if (imported.kind === 'refused') throw new Error(`${imported.place} ${imported.why}`);
      const { tool, places } = imported;

      const all = [...given.path, ...given.query, ...given.header, ...given.body];
      const body = Object.fromEntries(pairs(given.body));
      const args = Object.fromEntries(
        places.flatMap(({ in: where, name, argument }) => {
          const value = all.find((each) => each.in === where && each.name === name)?.value;
          const isWhole = where === 'body' && name === 'body';
          return value === undefined && !isWhole ? [] : [[argument, isWhole ? body : value]];
        }),
      );
      expect(lintTool(tool).filter(({ level }) => level === 'error')).toEqual([]);
      expect(ajv.validate(tool.parameters, args)).toBe(true);

      const made = expand(tool.http, { args, secrets: { THE_KEY: 's3' }, session: {} });
      if (made.kind === 'unfit') throw new Error(`${made.place} ${made.why}`);
      const { url, method, headers, body: written } = made.request;
      const { origin, pathname, searchParams } = new URL(url);
      expect(method).toBe(given.method.toUpperCase());
      expect(origin).toBe('https://api.shop.com');
      const base = given.base.replace('{stage}', 'live').replace(/\/$/, '');
      expect(pathname.split('/').map(decodeURIComponent)).toEqual([
        ...[...base.split('/'), 'a'],
        ...given.path.flatMap(({ name, value }) => [name, String(value)]),
      ]);
      expect([...searchParams]).toEqual(pairs(given.query).map(([name, value]) => [name, String(value)]));
      expect(headers).toEqual({
        ...Object.fromEntries(pairs(given.header).map(([name, value]) => [name, String(value)])),
        ...(given.security && { [given.security.header[0] ?? '']: given.security.header[1] }),
        ...(given.body.length > 0 && { 'Content-Type': 'application/json' }),
      });
      expect(written === undefined ? {} : JSON.parse(written)).toEqual(body);
    }),
    { numRuns: 150 },
  );
});
