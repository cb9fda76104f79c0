import { describe, expect, it } from 'vitest';
import { openApiOf } from './mod.ts';
import { imported, importedTool, jsonBody, query } from './openapi.fixture.ts';

const scheme = (theKey: object) => ({ components: { securitySchemes: { theKey } } });
const secured = { security: [{ theKey: [] }] };

describe('an operation that is imported', () => {
  it('is told by its own words, and by method and path where it has none', () => {
    expect(importedTool({ description: 'Finds\u0000 orders.', summary: 'x' }).tool).toMatchObject({
      ...{ name: 'findOrders', description: 'Finds orders.' },
    });
    const unnamed = importedTool({ operationId: undefined }, { path: '/orders/recent' });
    expect(unnamed.tool).toMatchObject({ name: 'GET_orders_recent', description: 'GET /orders/recent' });
  });
  it('names arguments that collide by their place, in the order of path, query, header and body', () => {
    const parameters = [
      query('id', { type: 'string' }),
      { in: 'path', name: 'id', required: true, schema: { type: 'string' } },
    ];
    const body = jsonBody({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] });
    const { tool, places } = importedTool({ parameters, ...body }, { path: '/orders/{id}' }, 'put');
    expect(places.map(({ in: where, argument }) => [where, argument])).toEqual([
      ['path', 'id'],
      ['query', 'query_id'],
      ['body', 'body_id'],
    ]);
    expect(tool.http.urlTemplate).toBe('https://api.shop.com/orders/{{args.id}}?id={{args.query_id}}');
    expect(tool.http.jsonBodyTemplate).toEqual({ id: '{{args.body_id}}' });
  });
  it('takes a body with members that may be missing as one argument, so that none is sent as null', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, required: ['a'] };
    const { tool } = importedTool(jsonBody(schema), {}, 'post');
    expect(tool.http.jsonBodyTemplate).toBe('{{args.body}}');
    expect(tool.parameters).toMatchObject({ properties: { body: schema }, required: ['body'] });
  });
  it('prefers its own parameters to those of its path', () => {
    const item = { parameters: [query('n', { type: 'string' }), query('m', { type: 'string' })] };
    const { tool } = importedTool({ parameters: [query('n', { type: 'integer' })] }, { item });
    expect(tool.parameters.properties).toEqual({ n: { type: 'integer' }, m: { type: 'string' } });
  });
  it('leaves out what it can do without and no template writes, and says so', () => {
    const parameters = [
      query('where', { type: 'object' }, { style: 'deepObject' }),
      { in: 'cookie', name: 'sid', schema: { type: 'string' } },
      { in: 'header', name: 'Authorization', schema: { type: 'string' } },
    ];
    const { tool, notes } = importedTool({ parameters });
    expect(tool.parameters.properties).toEqual({});
    expect(notes).toEqual([
      'The optional parameter where (query) is left out: it is an object that names no members.',
      'The optional parameter sid (cookie) is left out: it stands in a cookie, which no tool sends.',
    ]);
  });
  it('goes the first way in that a header can, and names the secret', () => {
    const components = {
      securitySchemes: {
        inUrl: { type: 'apiKey', in: 'query', name: 'key' },
        partnerApi: { type: 'apiKey', in: 'header', name: 'X-Key' },
      },
    };
    const { tool, notes } = importedTool({ security: [{ inUrl: [] }, { partnerApi: [] }] }, { components });
    expect(tool.http.headers).toEqual({ 'X-Key': '{{secrets.PARTNER_API}}' });
    expect(notes).toEqual(['The header X-Key holds the secret PARTNER_API. Keep it before the agent uses the tool.']);
  });
  it('needs no secret where the operation takes back what the document demands', () => {
    const root = { security: [{ theKey: [] }] };
    expect(importedTool({ security: [] }, { root }).tool.http.headers).toEqual({});
  });
});

describe('what no descriptor can say is refused, with its place in the document:', () => {
  const list = { type: 'array', items: { type: 'object' } };
  const cases: readonly (readonly [string, Parameters<typeof imported>, string, RegExp])[] = [
    [
      'a list of objects that must be in the query',
      [{ parameters: [query('ids', list, { required: true })] }],
      'parameters.0',
      /list/,
    ],
    [
      'a cookie that must be sent',
      [{ parameters: [{ in: 'cookie', name: 's', required: true }] }],
      'parameters.0',
      /cookie/,
    ],
    ['a parameter of another file', [{ parameters: [{ $ref: 'other.yaml#/p' }] }], 'parameters.0.$ref', /other\.yaml/],
    ['a schema of a server', [jsonBody({ $ref: 'https://a.example/s' }), {}, 'post'], 'schema.$ref', /within the file/],
    ['a reference that leads to nothing', [jsonBody({ $ref: '#/components/x' }), {}, 'post'], 'schema.$ref', /nothing/],
    [
      'a body that is no JSON',
      [{ requestBody: { required: true, content: { 'text/csv': {} } } }, {}, 'post'],
      'content',
      /csv/,
    ],
    ['a key in the query', [secured, scheme({ type: 'apiKey', in: 'query', name: 'k' })], 'theKey.in', /URL/],
    ['a key in a cookie', [secured, scheme({ type: 'apiKey', in: 'cookie', name: 'k' })], 'theKey.in', /cookies/],
    ['a login of OAuth', [secured, scheme({ type: 'oauth2', flows: {} })], 'theKey.type', /API key/],
    ['a server without TLS', [{}, { root: { servers: [{ url: 'http://a.com' }] } }], 'servers', /https/],
    [
      'a variable without a default',
      [{}, { root: { servers: [{ url: 'https://{h}.com' }] } }],
      'variables.h.default',
      /given/,
    ],
    ['a name in the path that is no parameter', [{}, { path: '/a/{id}' }], '/a/{id}', /no path parameter "id"/],
    ['a method that no tool sends', [{}, {}, 'head'], 'head', /HEAD/],
    [
      'a member that readers drop',
      [jsonBody({ properties: JSON.parse('{"__proto__":{}}') }), {}, 'post'],
      'schema',
      /__proto__/,
    ],
  ];
  it.each(cases)('%s', (_what, given, place, why) => {
    const found = imported(...given);
    if (found.kind !== 'refused') throw new Error('was imported');
    expect(found.place).toContain(place);
    expect(found.why).toMatch(why);
  });
  it.each([{}, { swagger: '2.0' }, { openapi: '3.2.0' }, { openapi: '3.10.0' }])(
    'a document of the version in %j',
    (document) => {
      expect(() => openApiOf(document)).toThrow('must be a version 3.0 or 3.1');
    },
  );
});
