import type { RunnableTool } from '@vox/contracts';
import { lintTool, lintTools } from '@vox/tools';
import type { Operator } from '../../reach/operator.ts';
import { findingLine } from '../../text/finding-line.ts';

/** Descriptors that were made of something else, and sentences on what to see to. */
export type MadeTools = Readonly<{ tools: readonly RunnableTool[]; notes: readonly string[] }>;

/**
 * Prints descriptors as JSON: one, or a list of several. What the linter found and what to see to stands on standard
 * error, so that the output is a file of `vox tool lint`. Exits with 1 if a descriptor is refused.
 */
export async function showTools({ tools, notes }: MadeTools, { print, note }: Operator): Promise<void> {
  const [first, another] = tools;
  const shown = first !== undefined && another === undefined ? first : tools;
  const findings = Array.isArray(shown) ? lintTools(tools) : tools.flatMap(lintTool);
  for (const each of [...notes, ...findings.map(findingLine)]) note(each.trimEnd());
  await print(`${JSON.stringify(shown, null, 2)}\n`);
  if (findings.some(({ level }) => level === 'error')) process.exitCode = 1;
}
