import type { Agent } from '@vox/contracts';
import { type Finding, lintTools } from '@vox/tools';
import type { Mistake } from './put.ts';

/** What the linter says of the tools of agents. Mistakes refuse a draft; warnings are told to whoever puts it. */
export type ToolFindings = Readonly<{ mistakes: readonly Mistake[]; warnings: readonly Mistake[] }>;
export const noFindings: ToolFindings = { mistakes: [], warnings: [] };

/** So many of each are told of a draft: an answer is one message. */
const toldMax = 200;
/** Names of arguments stand in a path, and may be long. */
const pathCharsMax = 300;

const told = (at: number, { place, message, rule }: Finding): Mistake => ({
  path: `agents.${at}.tools.${place}`.slice(0, pathCharsMax),
  message: `${message.slice(0, pathCharsMax)} (${rule})`,
});

/** Adds what is said of one more agent, the one at this place of the draft. */
export function withToolsOf({ mistakes, warnings }: ToolFindings, { tools }: Agent, at: number): ToolFindings {
  const found = lintTools(tools);
  const of = (level: Finding['level']): Mistake[] =>
    found.filter((finding) => finding.level === level).map((finding) => told(at, finding));
  return {
    mistakes: [...mistakes, ...of('error')].slice(0, toldMax),
    warnings: [...warnings, ...of('warning')].slice(0, toldMax),
  };
}
