import type { Agent, AgentTool, SaidValues, ToolFinding } from '@vox/contracts';
import { type Finding, lintTools, secretsIn } from '@vox/tools';
import type { Mistake } from './put.ts';

/** A secret that a tool of a draft names. */
type NamedSecret = Readonly<{ path: string; name: string }>;

/** What the linter says of the tools of agents. Mistakes refuse a draft; warnings are told to whoever puts it. */
export type ToolFindings = Readonly<{
  mistakes: readonly Mistake[];
  warnings: readonly Mistake[];
  secrets: readonly NamedSecret[];
}>;
export const noFindings: ToolFindings = { mistakes: [], warnings: [], secrets: [] };

/** So many of each are told of a draft: an answer is one message. */
const toldMax = 200;
/** Names of arguments stand in a path, and may be long. */
const pathCharsMax = 300;

const told = (at: number, { place, message, rule }: Finding): Mistake => ({
  path: `agents.${at}.tools.${place}`.slice(0, pathCharsMax),
  message: `${message.slice(0, pathCharsMax)} (${rule})`,
});

/** Names of arguments stand in values, too. */
const bounded = (values: SaidValues): SaidValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, pathCharsMax) : value,
    ]),
  );

/** What the linter says of the tools of one agent, as it is told of a draft. */
export const lintedTools = (tools: readonly AgentTool[]): ToolFinding[] =>
  lintTools(tools)
    .slice(0, toldMax)
    .map(({ place, message, values, ...finding }) => ({
      ...finding,
      place: place.slice(0, pathCharsMax),
      message: message.slice(0, pathCharsMax),
      ...(values !== undefined && { values: bounded(values) }),
    }));

/** Adds what is said of one more agent, the one at this place of the draft. */
export function withToolsOf({ mistakes, warnings, secrets }: ToolFindings, { tools }: Agent, at: number): ToolFindings {
  const found = lintTools(tools);
  const of = (level: Finding['level']): Mistake[] =>
    found.filter((finding) => finding.level === level).map((finding) => told(at, finding));
  return {
    mistakes: [...mistakes, ...of('error')].slice(0, toldMax),
    warnings: [...warnings, ...of('warning')].slice(0, toldMax),
    secrets: [...secrets, ...tools.flatMap((tool, nth) => secretsOf(tool, `agents.${at}.tools.${nth}`))],
  };
}

function secretsOf(tool: AgentTool, path: string): NamedSecret[] {
  const sent = tool.kind === 'http_tool' ? tool.http : tool.kind === 'mcp_tool' ? tool.headers : undefined;
  return secretsIn(sent).map((name) => ({ path, name }));
}

/** What is doubtful, where a tenant has the secrets `kept`: it may be given others after its policy. */
export const warningsOf = ({ warnings, secrets }: ToolFindings, kept: ReadonlySet<string>): readonly Mistake[] => {
  const missing = secrets.filter(({ name }) => !kept.has(name));
  const told = ({ path, name }: NamedSecret): Mistake => ({
    path,
    message: `names the secret ${name}, which the tenant does not have (no-such-secret)`,
  });
  return [...warnings, ...missing.slice(0, toldMax).map(told)].slice(0, toldMax);
};
