import type { AgentTool, RunnableTool } from './agent-tool.ts';

/** Longer than a visitor is waited for. */
const patienceMs = 60_000;

/** How long a tool may take, in milliseconds: what is left out is of a tool that calls nobody. */
export function toolMsOf(tool: RunnableTool): number {
  if (tool.kind === 'http_tool') return tool.http.timeoutMs;
  if (tool.kind === 'mcp_tool') return tool.timeoutMs;
  return tool.name === 'collect_consent' ? patienceMs : 5_000;
}

/** How long the longest of some tools may take. Without tools that VOX runs there is nothing to say of them. */
export function longestTool(tools: readonly AgentTool[]): Readonly<{ toolMs?: number }> {
  const all = tools.flatMap((tool) => (tool.kind === undefined ? [] : [toolMsOf(tool)]));
  return all.length === 0 ? {} : { toolMs: Math.max(...all) };
}
