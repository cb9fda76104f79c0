import { type Said, type ToolMistake, toldTool } from '@vox/contracts';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { linearPattern } from '../pattern/linear-pattern.ts';
import { leadsToSchema, schemasIn } from '../schema-places.ts';
import { toolSaid } from '../sentences.ts';
import { type Check, type Finding, wrong } from './finding.ts';

/** It checks schemas against the schema of schemas, and compiles none. */
const ajv = new Ajv2020({ strict: false, allErrors: true });

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const place = 'parameters';
const schemaChars = 64 * 1_024;

const isOwnDialect = (uri: unknown): boolean =>
  typeof uri === 'string' && uri.replace(/#$/, '') === 'https://json-schema.org/draft/2020-12/schema';

/** What is wrong with a schema, by the keyword of the schema of schemas that it breaks. */
function saidOf({ keyword, params }: ErrorObject): Said<ToolMistake> {
  if (keyword === 'enum') return toolSaid('schema-none-of', { allowed: params.allowedValues.join(', ') });
  if (keyword === 'type') return toolSaid('schema-other-type', { types: [params.type].flat().join(', ') });
  if (keyword === 'uniqueItems') return toolSaid('schema-repeats');
  return keyword === 'minimum' ? toolSaid('schema-below', { least: params.limit }) : toolSaid('schema-invalid');
}

export const schemas: Check = (tool) => {
  const { parameters } = toldTool(tool);
  if (parameters.type !== 'object') return [wrong('bad-schema', `${place}.type`, toolSaid('schema-not-object'))];
  if (JSON.stringify(parameters).length > schemaChars)
    return [wrong('bad-schema', place, toolSaid('schema-too-long', { most: schemaChars }))];
  if (parameters.$schema !== undefined && !isOwnDialect(parameters.$schema))
    return [wrong('bad-schema', `${place}.$schema`, toolSaid('other-dialect'))];
  if (!ajv.validateSchema(parameters))
    return (ajv.errors ?? [])
      .slice(0, 5)
      .map((error) => wrong('bad-schema', `${place}${error.instancePath.replaceAll('/', '.')}`, saidOf(error)));
  return [...refusedAtTop(parameters), ...walked(parameters, place, 0)];
};

/**
 * What the provider refuses, though it is JSON Schema: a call of the agent would never begin. It says so itself, with
 * the code invalid_function_parameters.
 */
const refused = (at: string, said: Said<ToolMistake>): Finding => wrong('provider-refuses', at, said);
const refusedAtTop = (parameters: Node): Finding[] =>
  ['oneOf', 'anyOf', 'allOf', 'enum', 'not']
    .filter((key) => key in parameters)
    .map((key) => refused(`${place}.${key}`, toolSaid('not-at-top')));
const listOfAnything = ({ type, items }: Node, at: string): Finding[] =>
  items === undefined && [type].flat().includes('array') ? [refused(`${at}.items`, toolSaid('list-of-anything'))] : [];

const deepest = 16;

/** Looks at a schema and at every one inside of it. */
function walked(node: Node, at: string, depth: number): Finding[] {
  if (depth > deepest) return [wrong('bad-schema', at, toolSaid('schema-too-deep', { most: deepest }))];
  const below = schemasIn(node).flatMap(([where, each]) => walked(each, `${at}.${where}`, depth + 1));
  return [references, listOfAnything, patterns, unmeetable].flatMap((rule) => rule(node, at)).concat(below);
}

const references = (node: Node, at: string): Finding[] =>
  ['$ref', '$dynamicRef'].flatMap((word) => {
    const to = node[word];
    if (to === undefined) return [];
    const bad = (said: Said<ToolMistake>) => [wrong('bad-schema', `${at}.${word}`, said)];
    if (typeof to !== 'string' || !to.startsWith('#')) return bad(toolSaid('reference-outside'));
    return leadsToSchema(to) ? [] : bad(toolSaid('reference-nowhere'));
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
  const none = (said: Said<ToolMistake>) => [wrong('schema-matches-nothing', at, said)];
  const above = (low: string, high: string): boolean =>
    typeof node[low] === 'number' && typeof node[high] === 'number' && node[low] > node[high];
  for (const [low, high] of [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
    ['minProperties', 'maxProperties'],
  ] as const)
    if (above(low, high)) return none(toolSaid('bounds-crossed', { low, high }));
  if (node.not === true || (isNode(node.not) && Object.keys(node.not).length === 0))
    return none(toolSaid('refuses-all'));
  const types = typeof node.type === 'string' ? [node.type] : node.type;
  const values = Array.isArray(node.enum) ? node.enum : 'const' in node ? [node.const] : undefined;
  if (values !== undefined && Array.isArray(types) && !values.some((value) => types.some((type) => isOf(type, value))))
    return none(toolSaid('no-value-of-type'));
  return lacking(node) ? none(toolSaid('required-refused')) : [];
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
