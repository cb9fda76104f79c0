import { toldTool } from '@vox/contracts';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { linearPattern } from '../pattern/linear-pattern.ts';
import { leadsToSchema, schemasIn } from '../schema-places.ts';
import { type Check, type Finding, wrong } from './finding.ts';

/** It checks schemas against the schema of schemas, and compiles none. */
const ajv = new Ajv2020({ strict: false, allErrors: true });

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const place = 'parameters';
const schemaChars = 64 * 1_024;

const isOwnDialect = (uri: unknown): boolean =>
  typeof uri === 'string' && uri.replace(/#$/, '') === 'https://json-schema.org/draft/2020-12/schema';

export const schemas: Check = (tool) => {
  const { parameters } = toldTool(tool);
  if (parameters.type !== 'object') return [wrong('bad-schema', `${place}.type`, 'must be "object"')];
  if (JSON.stringify(parameters).length > schemaChars)
    return [wrong('bad-schema', place, `must be at most ${schemaChars} characters of JSON`)];
  if (parameters.$schema !== undefined && !isOwnDialect(parameters.$schema))
    return [wrong('bad-schema', `${place}.$schema`, 'must be that of JSON Schema 2020-12, or left out')];
  if (!ajv.validateSchema(parameters))
    return (ajv.errors ?? [])
      .slice(0, 5)
      .map(({ instancePath, message = '' }) =>
        wrong('bad-schema', `${place}${instancePath.replaceAll('/', '.')}`, message),
      );
  return [...refusedAtTop(parameters), ...walked(parameters, place, 0)];
};

/**
 * What the provider refuses, though it is JSON Schema: a call of the agent would never begin. It says so itself, with
 * the code invalid_function_parameters.
 */
const refused = (at: string, message: string): Finding => wrong('provider-refuses', at, message);
const refusedAtTop = (parameters: Node): Finding[] =>
  ['oneOf', 'anyOf', 'allOf', 'enum', 'not']
    .filter((key) => key in parameters)
    .map((key) => refused(`${place}.${key}`, 'is taken inside of properties alone'));
const listOfAnything = ({ type, items }: Node, at: string): Finding[] =>
  items === undefined && [type].flat().includes('array')
    ? [refused(`${at}.items`, 'must say what the list holds, if only {}')]
    : [];

const deepest = 16;

/** Looks at a schema and at every one inside of it. */
function walked(node: Node, at: string, depth: number): Finding[] {
  if (depth > deepest) return [wrong('bad-schema', at, `must be at most ${deepest} schemas deep`)];
  const below = schemasIn(node).flatMap(([where, each]) => walked(each, `${at}.${where}`, depth + 1));
  return [references, listOfAnything, patterns, unmeetable].flatMap((rule) => rule(node, at)).concat(below);
}

const references = (node: Node, at: string): Finding[] =>
  ['$ref', '$dynamicRef'].flatMap((word) => {
    const to = node[word];
    if (to === undefined) return [];
    const bad = (message: string) => [wrong('bad-schema', `${at}.${word}`, message)];
    if (typeof to !== 'string' || !to.startsWith('#')) return bad('must begin with #: nothing is fetched');
    return leadsToSchema(to) ? [] : bad('must name a schema, such as #/$defs/city');
  });

/** Patterns of values and of names, as far as those that check arguments can match them. */
function patterns({ pattern, patternProperties }: Node, at: string): Finding[] {
  const found = typeof pattern === 'string' ? [[`${at}.pattern`, pattern] as const] : [];
  const ofNames = isNode(patternProperties) ? Object.keys(patternProperties) : [];
  return [...found, ...ofNames.map((each) => [`${at}.patternProperties`, each] as const)].flatMap(([where, source]) => {
    const read = linearPattern(source);
    return read.kind === 'pattern' ? [] : [wrong('bad-schema', where, read.why)];
  });
}

/** What no value can meet: the agent would try in vain. */
function unmeetable(node: Node, at: string): Finding[] {
  const none = (message: string) => [wrong('schema-matches-nothing', at, message)];
  const above = (low: string, high: string): boolean =>
    typeof node[low] === 'number' && typeof node[high] === 'number' && node[low] > node[high];
  for (const [low, high] of [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
    ['minProperties', 'maxProperties'],
  ] as const)
    if (above(low, high)) return none(`${low} is above ${high}`);
  if (node.not === true || (isNode(node.not) && Object.keys(node.not).length === 0)) return none('not refuses all');
  const types = typeof node.type === 'string' ? [node.type] : node.type;
  const values = Array.isArray(node.enum) ? node.enum : 'const' in node ? [node.const] : undefined;
  if (values !== undefined && Array.isArray(types) && !values.some((value) => types.some((type) => isOf(type, value))))
    return none('no value of enum or const has the type');
  return lacking(node) ? none('required names what additionalProperties refuses') : [];
}

const lacking = ({ required, properties, additionalProperties, patternProperties }: Node): boolean =>
  additionalProperties === false &&
  patternProperties === undefined &&
  Array.isArray(required) &&
  required.some((name) => !isNode(properties) || !Object.hasOwn(properties, String(name)));

function isOf(type: unknown, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return isNode(value);
  return typeof value === type;
}
