import { type Finding, sameNames } from '@vox/tools';
import type { Operator } from '../reach/operator.ts';
import { findingLine } from '../text/finding-line.ts';

/** Descriptors that were made of something else, what the linter says of each, and sentences on what to see to. */
export type MadeTools = Readonly<{
  tools: readonly Readonly<{ name: string }>[];
  lint: (at: number) => readonly Finding[];
  notes: readonly string[];
}>;

/**
 * Prints descriptors as JSON: one, or a list of several. What the linter found and what to see to stands on standard
 * error, so that the output is a file of `vox tool lint`. Exits with 1 if a descriptor is refused.
 */
export async function showTools({ tools, lint, notes }: MadeTools, { print, note }: Operator): Promise<void> {
  const findings = [
    ...tools.flatMap(({ name }, at) => lint(at).map((finding) => ({ name, finding }))),
    ...sameNames(tools.map(({ name }) => name)).map(({ at, finding }) => ({ name: tools[at]?.name ?? '', finding })),
  ];
  for (const each of notes) note(each);
  for (const { name, finding } of findings) note(`${name}: ${findingLine(finding).trimEnd()}`);
  await print(`${JSON.stringify(tools.length === 1 ? tools[0] : tools, null, 2)}\n`);
  if (findings.some(({ finding }) => finding.level === 'error')) process.exitCode = 1;
}
