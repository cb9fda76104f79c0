import { describe, expect, it } from 'vitest';
import { findOrder } from '../tools.fixture.ts';
import { argumentChecker } from './check-arguments.ts';

const check = argumentChecker();
const tool = (properties: object, over: object = {}) =>
  findOrder({ parameters: { type: 'object', properties, ...over } });
const canary = 'canary-4f';

describe('arguments of a tool', () => {
  it.each<[string, object, object, unknown, string]>([
    ['are of another type', { n: { type: 'integer' } }, {}, { n: canary }, 'args.n'],
    ['are missing', { n: { type: 'string' } }, { required: ['n'] }, {}, 'args.n'],
    ['are no object', {}, {}, [canary], 'args'],
    ['have a member that the schema does not know', {}, { additionalProperties: false }, { [canary]: 1 }, 'args'],
    ['are not of their format', { mail: { type: 'string', format: 'email' } }, {}, { mail: canary }, 'args.mail'],
    ['are not in a list', { kind: { enum: ['a'] } }, {}, { kind: canary }, 'args.kind'],
    [
      'are wrong deep inside',
      { a: { properties: { b: { items: { type: 'null' } } } } },
      {},
      { a: { b: [canary] } },
      'args.a.b.0',
    ],
    [
      'have a wrong member of an open object',
      { a: { additionalProperties: { type: 'null' } } },
      {},
      { a: { [canary]: 1 } },
      'args.a',
    ],
  ])(
    'that %s are refused with the place of the mistake, and never with a value',
    (_what, properties, over, args, field) => {
      const refused = check(tool(properties, over), args);
      expect(refused).toEqual({ kind: 'refused', code: 'INVALID_PARAMETERS', reason: 'schema', field });
      expect(JSON.stringify(refused)).not.toContain(canary);
    },
  );
  it('are taken as they are: nothing is converted, and nothing is filled in', () => {
    const args = { n: '1' };
    expect(check(tool({ n: { type: 'number', default: 4 } }), args)).toMatchObject({ field: 'args.n' });
    expect(check(tool({ m: { default: 4 } }), args)).toBeUndefined();
    expect(args).toEqual({ n: '1' });
  });
  it('are checked by a schema with words that JSON Schema does not know, as the linter accepts it', () => {
    expect(check(tool({ n: { type: 'string', example: 'x', format: 'order-number' } }), { n: 'a' })).toBeUndefined();
  });
  it('are refused where their schema cannot be read, and where they are too many', () => {
    expect(check(findOrder({ parameters: { type: 'object', $ref: '#/nowhere' } }), {})).toMatchObject({
      ...{ code: 'TOOL_REFUSED', reason: 'schema' },
    });
    expect(check(tool({}), { n: 'x'.repeat(70_000) })).toMatchObject({ reason: 'too-large' });
  });
  it('are checked by schemas that know nothing of each other', () => {
    const named = (type: string) =>
      tool({ n: { $ref: 'https://acme.example/n' } }, { $defs: { n: { $id: 'https://acme.example/n', type } } });
    expect(check(named('string'), { n: 'a' })).toBeUndefined();
    expect(check(named('number'), { n: 'a' })).toMatchObject({ code: 'INVALID_PARAMETERS' });
  });
});
