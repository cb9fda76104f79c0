import { type AgentTool, lentSecretsMax, toldTool } from '@vox/contracts';
import { toolSaid } from '../sentences.ts';
import { parseTemplate, roots } from '../template/parse.ts';
import { type Check, doubtful, type Finding, wrong } from './finding.ts';
import { type PlacedPlaceholder, placeholdersOf, templatesOf, urlOf } from './templates.ts';

/** What `{{session.…}}` can name. None of it is the visitor’s own. */
export const sessionFields = ['sessionId', 'tenantId', 'agentId', 'callId'] as const;

const secretName = /^[A-Z][A-Z0-9_]{0,63}$/;
const written = ({ placeholder: { root, path, list } }: PlacedPlaceholder): string =>
  `{{${[root, ...path].join('.')}${list === undefined ? '' : `|${list}`}}}`;

export const malformed: Check = (tool) =>
  templatesOf(tool).flatMap(({ place, parsed }) =>
    parsed.kind === 'template'
      ? []
      : [wrong('bad-placeholder', place, toolSaid('no-placeholder', { near: JSON.stringify(parsed.near) }))],
  );

/** Whether the value of a pair of the query is a list and nothing else. */
function isLoneList(pair: string): boolean {
  const parsed = parseTemplate(pair.slice(pair.indexOf('=') + 1));
  const [only, another] = parsed.kind === 'malformed' ? [] : parsed.parts;
  return /^[^=]+=/.test(pair) && only !== undefined && 'list' in only && another === undefined;
}

/** A list is several values, for which only a pair of the query has room. */
export const listsElsewhere: Check = (tool) => {
  const [, query = ''] =
    urlOf(tool)
      ?.text.split('#', 1)[0]
      ?.split(/\?(.*)/s) ?? [];
  const room = query.split('&').filter(isLoneList).length;
  const lists = placeholdersOf(tool).filter(({ placeholder: { list } }) => list !== undefined);
  const isPlaced = ({ place, placeholder }: PlacedPlaceholder): boolean =>
    place === urlOf(tool)?.place && placeholder.root === 'args';
  const [wrongly] = [...lists.filter((each) => !isPlaced(each)), ...lists.filter(isPlaced).slice(room)];
  return wrongly === undefined
    ? []
    : [wrong('bad-placeholder', wrongly.place, toolSaid('list-elsewhere', { placeholder: written(wrongly) }))];
};

/** The members that arguments can have; undefined where the schema allows any. */
function argumentsOf(tool: AgentTool): ReadonlySet<string> | undefined {
  const { properties, patternProperties, $ref, allOf, anyOf, oneOf } = toldTool(tool).parameters;
  if ([patternProperties, $ref, allOf, anyOf, oneOf].some((each) => each !== undefined)) return undefined;
  return new Set(typeof properties === 'object' && properties !== null ? Object.keys(properties) : []);
}

/** The arguments of a tool of an MCP server go to it as they are. */
const rootsIn = ({ kind }: AgentTool): readonly string[] =>
  kind === 'mcp_tool' ? roots.filter((root) => root !== 'args') : roots;

type Known = Readonly<{ roots: readonly string[]; args: ReadonlySet<string> | undefined }>;

function unknown({ roots: allowed, args }: Known, placed: PlacedPlaceholder): Finding[] {
  const { place, placeholder } = placed;
  const { root } = placeholder;
  const [first = ''] = placeholder.path;
  const said = written(placed);
  if (!allowed.includes(root))
    return [wrong('unknown-root', place, toolSaid('unknown-root', { placeholder: said, roots: allowed.join(', ') }))];
  if (root === 'args')
    return args === undefined || args.has(first)
      ? []
      : [wrong('unknown-argument', place, toolSaid('unknown-argument', { placeholder: said, name: first }))];
  if (root === 'secrets')
    return placeholder.path.length === 1 && secretName.test(first)
      ? []
      : [wrong('bad-secret-name', place, toolSaid('bad-secret-name', { placeholder: said }))];
  const fields = sessionFields.join(', ');
  return placeholder.path.length === 1 && sessionFields.some((field) => field === first)
    ? []
    : [wrong('unknown-session-field', place, toolSaid('unknown-session-field', { placeholder: said, fields }))];
}

export const unknowns: Check = (tool) => {
  const known = { roots: rootsIn(tool), args: argumentsOf(tool) };
  return placeholdersOf(tool).flatMap((placed) => unknown(known, placed));
};

/** More secrets than are lent for one use, so that none could be made. */
export const tooManySecrets: Check = (tool) => {
  const names = new Set<string | undefined>();
  const over = placeholdersOf(tool).find(
    ({ placeholder: { root, path } }) => root === 'secrets' && names.add(path[0]).size > lentSecretsMax,
  );
  return over === undefined
    ? []
    : [wrong('too-many-secrets', over.place, toolSaid('too-many-secrets', { most: lentSecretsMax }))];
};

function requiredOf(tool: AgentTool): readonly unknown[] {
  const { required } = toldTool(tool).parameters;
  return Array.isArray(required) ? required : [];
}

/** An argument that may be missing leaves a hole in the path, which is another path. */
export const optionalInPath: Check = (tool) => {
  const url = urlOf(tool);
  const [path = ''] = url?.text.split(/[?#]/, 1) ?? [];
  const parsed = parseTemplate(path);
  if (url === undefined || parsed.kind === 'malformed') return [];
  return parsed.parts.flatMap((part) =>
    'root' in part && part.root === 'args' && !requiredOf(tool).includes(part.path[0])
      ? [
          wrong(
            'optional-argument-in-path',
            url.place,
            toolSaid('optional-argument-in-path', { name: part.path[0] ?? '' }),
          ),
        ]
      : [],
  );
};

export const unused: Check = (tool) => {
  if (tool.kind !== 'http_tool' && tool.kind !== 'built_in') return [];
  const used = new Set(
    placeholdersOf(tool).flatMap(({ placeholder: { root, path } }) => (root === 'args' ? [path[0]] : [])),
  );
  return [...(argumentsOf(tool) ?? [])]
    .filter((name) => !used.has(name))
    .map((name) => doubtful('unused-argument', `parameters.properties.${name}`, toolSaid('unused-argument')));
};
