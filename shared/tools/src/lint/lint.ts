import type { HttpTool } from '@vox/contracts';
import { type Check, type Finding, wrong } from './finding.ts';
import { malformed, optionalInPath, unknowns, unused } from './placeholders.ts';
import { schemas } from './schema.ts';
import { hardCoded } from './secrets.ts';
import { bodies, headers, secretsInUrl, targets } from './url.ts';

/** Tools that the platform has itself. */
export const builtInTools = ['end_call', 'transfer_to_link', 'collect_consent'] as const;

const names: Check = ({ name }) =>
  builtInTools.some((each) => each === name)
    ? [wrong('reserved-name', 'name', 'is the name of a tool that VOX has itself')]
    : [];

const checks: readonly Check[] = [
  ...[names, schemas, malformed, unknowns, optionalInPath, unused],
  ...[targets, secretsInUrl, headers, bodies, hardCoded],
];

/** What is wrong with a descriptor, in the order of the rules. Nothing is resolved and nothing is asked. */
export const lintTool = (tool: HttpTool): readonly Finding[] => checks.flatMap((check) => check(tool));

/** Names that several tools of one agent share. The provider would call the first and mean the second. */
export function sameNames(names: readonly string[]): readonly Readonly<{ at: number; finding: Finding }>[] {
  const seen = new Set<string>();
  return names.flatMap((name, at) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [{ at, finding: wrong('same-name', 'name', 'is the name of another tool of this agent') }];
  });
}
