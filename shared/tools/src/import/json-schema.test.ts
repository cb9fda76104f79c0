import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { lintTool } from '../lint/lint.ts';
import { imported, importedTool, jsonBody } from './openapi.fixture.ts';

const bodySchema = (schema: object, components: object = {}, openapi = '3.1.0'): unknown => {
  const { tool } = importedTool(jsonBody(schema), { openapi, components: { schemas: components } }, 'post');
  return (tool.parameters.properties as Record<string, unknown>).body;
};
const refused = (schema: object, components: object = {}) => {
  const found = imported(jsonBody(schema), { components: { schemas: components } }, 'post');
  return found.kind === 'refused' ? found.why : 'was imported';
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('a schema of OpenAPI', () => {
  it('of 3.0 becomes JSON Schema: null is a type, and bounds are exclusive by themselves', () => {
    expect(bodySchema({ type: 'string', nullable: true, example: 'x', xml: {}, 'x-own': 1 }, {}, '3.0.3')).toEqual({
      type: ['string', 'null'],
    });
    expect(
      bodySchema(
        { type: 'number', minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
        {},
        '3.0.3',
      ),
    ).toEqual({ type: 'number', exclusiveMinimum: 1, maximum: 9 });
    expect(bodySchema({ ...ref('A'), maxLength: 3 }, { A: { type: 'string' } }, '3.0.3')).toEqual({ type: 'string' });
  });
  it('of 3.1 keeps what stands beside a reference', () => {
    const components = { A: { type: 'string', description: 'a' } };
    expect(bodySchema({ ...ref('A'), description: 'mine' }, components)).toEqual({
      type: 'string',
      description: 'mine',
    });
    expect(bodySchema({ ...ref('A'), maxLength: 3 }, components)).toEqual({ allOf: [components.A, { maxLength: 3 }] });
  });
  it('loses the members that only answers hold', () => {
    const properties = { id: { type: 'string', readOnly: true }, made: ref('Made'), note: { type: 'string' } };
    const schema = { type: 'object', properties, required: ['id', 'note'], minProperties: 1 };
    expect(bodySchema(schema, { Made: { type: 'string', readOnly: true } })).toEqual({
      ...{ type: 'object', minProperties: 1, properties: { note: { type: 'string' } }, required: ['note'] },
    });
  });
  it('that contains itself becomes a definition, by which arguments of any depth are checked', () => {
    const node = { type: 'object', properties: { name: { type: 'string' }, child: ref('Node') } };
    const { tool } = importedTool(jsonBody(ref('Node')), { components: { schemas: { Node: node } } }, 'post');
    const check = new Ajv2020({ strict: false }).compile(tool.parameters);
    const deep = (name: unknown) => ({ body: { child: { child: { child: { name } } } } });
    expect([check(deep('x')), check(deep(7))]).toEqual([true, false]);
    expect(lintTool(tool).filter(({ level }) => level === 'error')).toEqual([]);
  });
  it('that is nothing but itself is refused, directly and by a detour', () => {
    expect(refused(ref('A'), { A: { allOf: [ref('A')] } })).toBe('refers to nothing but itself');
    expect(refused(ref('A'), { A: ref('B'), B: { anyOf: [ref('A'), { type: 'string' }] } })).toMatch(/itself/);
  });
  it('that is too deep, too wide, or has an anchor of its own is refused', () => {
    const deep = (levels: number): object => (levels === 0 ? {} : { items: deep(levels - 1) });
    expect(refused(deep(30))).toMatch(/at most 12 schemas deep/);
    const doubled = Object.fromEntries(
      [...Array(11).keys()].map((n) => [`S${n}`, { prefixItems: [ref(`S${n + 1}`), ref(`S${n + 1}`)] }]),
    );
    expect(refused(ref('S0'), { ...doubled, S11: {} })).toMatch(/more than 1000 schemas/);
    expect(refused({ $dynamicRef: '#x' })).toMatch(/not followed/);
    expect(refused({ $schema: 'http://json-schema.org/draft-07/schema#' })).toMatch(/2020-12/);
  });
});
