import type { AgentTool, RunnableTool } from './agent-tool.ts';

/** Longer than a visitor is waited for. */
const patienceMs = 60_000;

/** How long a tool may take, in milliseconds: what is left out is of a tool that calls nobody. */
export function toolMsOf(tool: RunnableTool): number {
  if (tool.kind === 'http_tool') return tool.http.timeoutMs;
  if (tool.kind === 'mcp_tool') return tool.timeoutMs;
  return tool.name === 'collect_consent' ? patienceMs : 5_000;
}

/** How long the longest of some tools may take; nothing where VOX runs none of them. */
export function longestToolMs(tools: readonly AgentTool[]): number | undefined {
  const all = tools.flatMap((tool) => (tool.kind === undefined ? [] : [toolMsOf(tool)]));
  return all.length === 0 ? undefined : Math.max(...all);
}
