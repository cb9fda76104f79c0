import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type Schemas, schemasOfCrd, schemasOfSwagger } from './json-schemas.ts';

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity';
const kind = (group: string, version: string, name: string) => ({
  'x-kubernetes-group-version-kind': [{ group, version, kind: name }],
});
const ref = (name: string) => ({ $ref: `#/definitions/${name}` });
const swagger = {
  definitions: {
    [quantity]: { type: 'string' },
    Port: { type: 'string', format: 'int-or-string' },
    Inner: { type: 'object', required: ['size'], properties: { size: ref(quantity), inner: ref('Inner') } },
    Deployment: {
      type: 'object',
      properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, inner: ref('Inner'), port: ref('Port') },
      ...kind('apps', 'v1', 'Deployment'),
    },
    Secret: {
      type: 'object',
      properties: { data: { type: 'object', additionalProperties: { type: 'string' } } },
      ...kind('', 'v1', 'Secret'),
    },
    Unused: { type: 'object' },
  },
};
const accepts = (schemas: Schemas, file: string) => {
  const check = new Ajv({ strict: false }).compile({ ...schemas.get(file) });
  return (value: object): boolean => check(value);
};

describe('the schema of a kind of Kubernetes', () => {
  const schemas = schemasOfSwagger(swagger);
  const deployment = accepts(schemas, 'apps_v1_deployment.json');
  const head = { apiVersion: 'apps/v1', kind: 'Deployment' };

  it('accepts what the server does: numbers and names of ports, and quantities as numbers', () => {
    expect(deployment({ ...head, port: 80, inner: { size: 1, inner: { size: '1Gi' } } })).toBe(true);
    expect(deployment({ ...head, port: 'http' })).toBe(true);
    expect(accepts(schemas, 'v1_v1_secret.json')({ apiVersion: 'v1', kind: 'Secret', data: { any: 'x' } })).toBe(true);
  });
  it.each([
    ['a field that nobody knows', { ...head, replica: 2 }],
    ['such a field further in', { ...head, inner: { size: '1', inner: { size: '1', colour: 'red' } } }],
    ['a field of another type', { ...head, inner: { size: true } }],
    ['an object without what it needs', { ...head, inner: {} }],
    ['another version', { apiVersion: 'apps/v1beta1', kind: 'Deployment' }],
    ['no kind', { apiVersion: 'apps/v1' }],
    ['nothing where something may be left out', { ...head, inner: null }],
  ])('refuses %s', (_what, value) => {
    expect(deployment(value)).toBe(false);
  });
  it('holds the definitions that it needs and no other', () => {
    expect(Object.keys(schemas.get('apps_v1_deployment.json')?.definitions as object).sort()).toEqual(
      ['Inner', 'Port', quantity].sort(),
    );
  });
});

describe('the schema of a kind that was added', () => {
  const openAPIV3Schema = {
    type: 'object',
    required: ['spec'],
    properties: {
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        properties: {
          port: { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
          name: { type: 'string', nullable: true },
          rest: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true },
          list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
        },
      },
    },
  };
  const versions = [{ name: 'v1', schema: { openAPIV3Schema } }];
  const schemas = schemasOfCrd({ spec: { group: 'example.com', names: { kind: 'Watch' }, versions } });
  const watch = accepts(schemas, 'example.com_v1_watch.json');
  const of = (spec: object) => ({ apiVersion: 'example.com/v1', kind: 'Watch', metadata: { name: 'x' }, spec });

  it('accepts what its definition says', () => {
    expect(watch(of({ port: 80, name: null, rest: { any: 1 }, list: [{ a: 'x' }] }))).toBe(true);
  });
  it('refuses a field that its definition does not know, also in a list', () => {
    expect(watch(of({ colour: 'red' }))).toBe(false);
    expect(watch(of({ list: [{ b: 'x' }] }))).toBe(false);
    expect(watch({ ...of({}), status2: {} })).toBe(false);
  });
});
