import { describe, expect, it } from 'vitest';
import { operations } from './operations.js';
import { writeRequest } from './write-request.js';

const contracts = await import(/** @type {string} */ ('@vox/contracts'));
const { openApiDocument } = await import(/** @type {string} */ ('@vox/edge-guard/openapi'));
const document = openApiDocument();

/** @param {import('./operations.js').Operation} operation */
const describedAs = ({ method, path }) => document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
/** @param {any} schema @returns {any} */
const resolved = (schema) =>
  schema?.$ref === undefined ? schema : document.components.schemas[schema.$ref.split('/').at(-1)];

const all = Object.entries(operations);

/**
 * Every operation of a member takes one, though the document does not say it each time: acts under it belong together.
 */
const run = 'requestId';

/** @param {import('./operations.js').Operation} operation */
function fieldsOf(operation) {
  const { parameters = [], requestBody } = describedAs(operation);
  const content = resolved(requestBody?.content['application/json'].schema);
  // A body that is one field is the caller’s own.
  const body = operation.whole === undefined ? content : { properties: { [operation.whole]: content } };
  /** @type {{name: string, required?: boolean}[]} */
  const fields = parameters.filter((/** @type {any} */ each) => each.in === 'path' || each.in === 'query');
  return {
    known: [...fields.map(({ name }) => name), ...Object.keys(body?.properties ?? {}), run],
    demanded: [...fields.filter(({ required }) => required).map(({ name }) => name), ...(body?.required ?? [])],
  };
}

describe('what the console asks for', () => {
  it('stands in the document of the API, under the same method', () => {
    expect(all.filter(([, operation]) => describedAs(operation) === undefined)).toEqual([]);
    expect(all.length).toBeGreaterThan(50);
  });
  it('sends the fields that the API knows, and all that it demands', () => {
    for (const [name, operation] of all) {
      const { known, demanded } = fieldsOf(operation);
      expect([name, operation.fields.filter((field) => !known.includes(field))]).toEqual([name, []]);
      expect([name, demanded.filter((field) => !operation.fields.includes(field))]).toEqual([name, []]);
    }
  });
  it('is, below /api/v1, one of the operations of the access table', () => {
    const table = contracts.apiTable.map((/** @type {any} */ row) => `${row.method.toUpperCase()} ${row.path}`);
    const asked = all.map(([, { method, path }]) => `${method} ${path}`).filter((each) => each.includes('/api/v1'));
    expect(asked.filter((each) => !table.includes(each))).toEqual(['GET /api/v1/me', 'GET /api/v1/events']);
  });
});

describe('a request', () => {
  it('has its fields in the path, and in the query or in the body', () => {
    const { listKeys, revokeKey, removeMember } = operations;
    expect(writeRequest(listKeys, { state: 'active', after: '', limit: 50 }).url).toBe(
      '/api/v1/widget-keys?state=active&limit=50',
    );
    expect(writeRequest(revokeKey, { widgetKey: 'w/1', reason: 'old' })).toMatchObject({
      url: '/api/v1/widget-keys/w%2F1/revoke',
      init: { method: 'POST', body: '{"reason":"old"}' },
    });
    expect(writeRequest(removeMember, { memberId: 'm', reason: 'left & gone' })).toMatchObject({
      url: '/api/v1/members/m?reason=left+%26+gone',
      init: { method: 'DELETE' },
    });
  });
  it('keeps an amount of zero, a null and a false, and leaves out what nobody filled in', () => {
    const { init } = writeRequest(operations.overrideLimit, { value: 0, until: undefined, reason: '' });
    expect(init.body).toBe('{"value":0}');
    expect(writeRequest(operations.overrideLimit, { value: null }).init.body).toBe('{"value":null}');
    expect(writeRequest(operations.setKillSwitch, { engaged: false }).init.body).toBe('{"engaged":false}');
  });
  it('carries the mark of our own pages, and JSON alone', () => {
    expect(writeRequest(operations.signOut, {}).init).toMatchObject({
      body: '{}',
      headers: { 'x-vox-request': '1', 'content-type': 'application/json' },
    });
  });
  it('has one field as its body where that is the whole of it, and the others in the query', () => {
    expect(writeRequest(operations.putPolicy, { draft: { displayName: 'A' }, reason: 'a & b' })).toMatchObject({
      url: '/api/v1/policy?reason=a+%26+b',
      init: { method: 'PUT', body: '{"displayName":"A"}' },
    });
  });
  it('takes no field that its operation does not name', () => {
    expect(() => writeRequest(operations.listKeys, { tenantId: 'other' })).toThrow('has no field tenantId');
  });
});
