import { type AgentTool, BuiltInName } from '@vox/contracts';
import { toolSaid } from '../sentences.ts';
import { type Check, type Finding, wrong } from './finding.ts';
import { listsElsewhere, malformed, optionalInPath, tooManySecrets, unknowns, unused } from './placeholders.ts';
import { schemas } from './schema.ts';
import { hardCoded } from './secrets.ts';
import { bodies, headers, secretsInUrl, targets } from './url.ts';

/** Tools that the platform has itself. */
export const builtInTools = BuiltInName.options;

const names: Check = ({ kind, name }) =>
  kind !== 'built_in' && builtInTools.some((each) => each === name)
    ? [wrong('reserved-name', 'name', toolSaid('reserved-name'))]
    : [];

const checks: readonly Check[] = [
  ...[schemas, malformed, listsElsewhere, unknowns, tooManySecrets, optionalInPath, unused],
  ...[targets, secretsInUrl, headers, bodies, hardCoded],
];

/**
 * What is wrong with a descriptor, in the order of the rules. Nothing is resolved and nothing is asked. Of a function
 * that the page runs only the name is an error: such tools were taken before there were rules, and VOX runs none.
 */
export function lintTool(tool: AgentTool): readonly Finding[] {
  const found = checks.flatMap((check) => check(tool));
  const isOfPage = tool.kind === undefined;
  return [...names(tool), ...(isOfPage ? found.map((each) => ({ ...each, level: 'warning' as const })) : found)];
}

/** Names that several tools of one agent share. The provider would call the first and mean the second. */
export function sameNames(names: readonly string[]): readonly Readonly<{ at: number; finding: Finding }>[] {
  const seen = new Set<string>();
  return names.flatMap((name, at) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ at, finding: wrong('same-name', 'name', toolSaid('same-name')) }];
  });
}

/** What is wrong with the tools of one agent. Places begin with the place of the tool in the list: `2.http.method`. */
export const lintTools = (tools: readonly AgentTool[]): readonly Finding[] =>
  [
    ...tools.flatMap((tool, at) => lintTool(tool).map((finding) => ({ at, finding }))),
    ...sameNames(tools.map(({ name }) => name)),
  ].map(({ at, finding }) => ({ ...finding, place: `${at}.${finding.place}` }));
