import { accessTable, apiTable, fieldsInside, SignatureReason } from '@vox/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { requestReader } from '../../admin/decide/request.ts';
import { routes } from '../../routes.ts';
import { openApi } from './openapi.ts';

type Content = Record<string, { schema: object; example?: unknown; examples?: Record<string, { $ref: string }> }>;
type Parameter = { name: string; in: string; required: boolean; example?: unknown };
type Operation = {
  security: object[];
  parameters: Parameter[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
} & Record<`x-vox-${string}`, unknown>;
type OpenApi = { paths: Record<string, Record<string, Operation>>; components: Record<string, Record<string, object>> };

const document = openApi(routes) as OpenApi;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
);
const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');
const rows = apiTable.map((row) => {
  const path = templateOf(row.path);
  return [`${row.method.toUpperCase()} ${path}`, row, document.paths[path]?.[row.method] as Operation] as const;
});

const ajv = new Ajv2020({ strict: false, logger: false });
addFormats.default(ajv);
ajv.addSchema(document, 'openapi.json');
/** A schema of the document, with its references. */
const valid = (schema: object, value: unknown): unknown => {
  const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi.json#/components');
  const validate = ajv.compile(JSON.parse(text));
  return validate(value) || validate.errors;
};
const inText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value));
const given = (operation: Operation, place: string): Record<string, string> =>
  Object.fromEntries(
    operation.parameters
      .filter((each) => each.in === place && each.example !== undefined)
      .map(({ name, example }) => [name, inText(example)]),
  );

describe('the API’s document', () => {
  it('has every operation of the table and every other route', () => {
    const all = routes.flatMap(({ method, paths }) => paths.map((path) => `${method} ${templateOf(path)}`));
    const said = operations.map(([name]) => name.replace(/^\w+/, (method) => method.toLowerCase()));
    expect(said.sort()).toEqual([...new Set(all)].sort());
    expect(rows.filter(([, , operation]) => operation === undefined)).toEqual([]);
  });
  it.each(rows)('has an example of a request that %s takes', (_name, row, operation) => {
    const body = operation.requestBody?.content['application/json']?.example;
    const from = { tenantId: 'acme', actor: 'member:me', requestId: '0c5a3f6e-8d7b-4f1a-9a35-2f6f0f3c1b7d' };
    const sent = { params: given(operation, 'path'), query: given(operation, 'query'), body, ifMatch: undefined };
    const { hasOrigin } = row.inside ? fieldsInside(row.question.request, row.inside) : { hasOrigin: false };
    const read = requestReader(row)({ ...sent, ...(hasOrigin && { site: 'https://vox.example' }) }, from);
    expect(row.question.request.safeParse(read)).toMatchObject({ success: true });
  });
  it.each(operations)('has an example of an answer of %s, and every example is of its schema', (_name, operation) => {
    const { requestBody, responses } = operation;
    const contents = [requestBody, ...Object.values(responses)].flatMap((each) => Object.values(each?.content ?? {}));
    for (const { schema, example } of contents) if (example !== undefined) expect(valid(schema, example)).toBe(true);
    const [answer] = Object.values(responses);
    const json = answer?.content?.['application/json'];
    const isPage = answer?.content?.['text/html'] !== undefined;
    const shown = json ?? answer?.content?.['text/event-stream'];
    expect(isPage || responses['302'] !== undefined || shown?.example !== undefined).toBe(true);
    for (const { schema, examples = {} } of contents)
      for (const { $ref } of Object.values(examples)) {
        const shown = document.components.examples?.[$ref.split('/').at(-1) ?? ''] as { value: unknown };
        expect(valid(schema, shown.value)).toBe(true);
      }
  });
  it.each(rows)('says of %s what the access table says, and how it may be asked', (_name, row, operation) => {
    const { roles, scope, isSensitive } = accessTable[row.question.action];
    expect(operation).toMatchObject({
      'x-vox-action': row.question.action,
      'x-vox-roles': roles,
      'x-vox-scope': scope,
      'x-vox-sensitive': isSensitive,
      security: scope === null ? [{ login: [] }] : [{ login: [] }, { apiKey: [] }],
    });
    const headers = operation.parameters.filter((each) => each.in === 'header').map(({ name }) => name);
    expect(headers.includes('Idempotency-Key')).toBe(row.method === 'post');
    expect(headers.includes('If-None-Match')).toBe(row.method === 'get');
    expect(headers.includes('If-Match')).toBe(row.matches !== undefined);
    expect(Object.keys(operation.responses)).toContain(String(row.status ?? 200));
    const answered = Object.keys(operation.responses[String(row.status ?? 200)]?.content ?? {});
    expect(answered).toEqual(['application/json', ...(row.csv === undefined ? [] : ['text/csv'])]);
    expect(Object.hasOwn(operation.responses, '304')).toBe(row.method === 'get');
    const named = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    expect(named).toEqual([...row.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  });
  it('shows the events of a call as a stream, with the data of each by its name, of which the example is one', () => {
    const { get } = document.paths['/api/session/events'] as { get: Operation };
    expect(get.security).toEqual([{ sessionToken: [] }]);
    expect(get.parameters.map(({ name, in: place }) => [name, place])).toEqual([['Last-Event-ID', 'header']]);
    const content = get.responses['200']?.content ?? {};
    expect(Object.keys(content)).toEqual(['text/event-stream']);
    const stream = content['text/event-stream'] as unknown as { example: string; 'x-vox-events': object };
    const schemas = new Map(Object.entries<object>(stream['x-vox-events'] as Record<string, object>));
    const names = ['remaining', 'state', 'caption', 'expiring', 'notice', 'tool', 'link', 'consent-wanted', 'ended'];
    expect([...schemas.keys()]).toEqual(names);
    const told = stream.example.split('\n\n').slice(0, -1);
    expect(told).toHaveLength(names.length);
    for (const [at, text] of told.entries()) {
      const [, name = '', data = ''] = /^id: \d+-\d+\nevent: ([\w-]+)\ndata: (.*)$/.exec(text) ?? [];
      expect(name).toBe(names[at]);
      expect(valid(schemas.get(name) ?? {}, JSON.parse(data))).toBe(true);
    }
  });
  it('shows what a brokered call takes and is answered', () => {
    const { post } = document.paths['/api/session'] as { post: Operation };
    expect(post.requestBody?.content['application/json']?.schema).toMatchObject({ properties: { offer: {} } });
    const answer = post.responses['200']?.content?.['application/json']?.schema;
    expect(answer).toMatchObject({ properties: { answer: {}, browserChannel: {}, client_secret: {} } });
    expect(Object.keys(answer ?? {})).toContain('required');
    for (const name of ['answer', 'browserChannel', 'client_secret'])
      expect((answer as { required: string[] }).required).not.toContain(name);
  });
  it('lists every reason of a refused signature, and refers to nothing that is not there', () => {
    expect(document.components.schemas?.SignatureReason).toMatchObject({ enum: SignatureReason.options });
    for (const [, kind = '', name = ''] of JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/(\w+)"/g))
      expect(document.components[kind]?.[name], `${kind}/${name}`).toBeDefined();
  });
});
