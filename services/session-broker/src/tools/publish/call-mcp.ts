import type { McpTool } from '@vox/contracts';
import type { Egress } from '@vox/platform/egress';
import type { Clock } from '@vox/platform/time';
import { expand, type Values } from '@vox/tools';
import { type McpFailure, type McpResult, type OpenMcpServer, useMcpServer } from '@vox/tools/mcp';
import { keptPins, type Pins } from './kept-pins.ts';

/** Use of a tool of an MCP server. The arguments have met the schema of the descriptor. */
export type McpUse = Readonly<{
  tool: McpTool;
  args: Readonly<Record<string, unknown>>;
  /** What the headers of the descriptor hold. */
  values: Pick<Values, 'secrets' | 'session'>;
  tenantId: string;
}>;

/**
 * `drifted`: the server does not say of the tool what was pinned, and it was not called. `unfit`: a value does not fit
 * its header. The rest says why the server could not be used; none of it holds words of the server.
 */
export type McpOutcome =
  | (Readonly<{ kind: 'answered' }> & McpResult)
  | Readonly<{ kind: 'drifted'; why: 'gone' | 'changed' }>
  | Readonly<{ kind: 'unfit'; place: string; why: string }>
  | McpFailure;
export type CallMcp = (use: McpUse) => Promise<McpOutcome>;

/** Calls tools of MCP servers, each over a line of its own that is closed behind it. Never throws. */
export function mcpCaller({ egress, clock }: Readonly<{ egress: Pick<Egress, 'send'>; clock: Clock }>): CallMcp {
  const pins = keptPins(clock);
  return async ({ tool, args, values, tenantId }) => {
    const { server: url, timeoutMs, headers: templates } = tool;
    const call = { method: 'POST', urlTemplate: url, headers: templates, timeoutMs, pruneEmpty: false } as const;
    const expanded = expand(call, { args: {}, ...values });
    if (expanded.kind === 'unfit') return expanded;
    const { headers } = expanded.request;
    return useMcpServer({ egress, url, headers, wholeMs: timeoutMs, owner: tenantId }, async (server) => {
      const drift = await driftOf(tool, pins.of(tenantId, tool), server);
      if (drift !== undefined) return { kind: 'drifted', why: drift } as const;
      const inputSchema = tool.parameters;
      return { kind: 'answered', ...(await server.call({ tool: tool.tool, args, inputSchema })) } as const;
    });
  };
}

/** Whether the server says something else of a tool. What was kept can say that it does not, and never that it does. */
async function driftOf(
  { tool, pin }: McpTool,
  kept: Readonly<{ read: () => Pins | undefined; keep: (pins: Pins) => void }>,
  server: OpenMcpServer,
): Promise<'gone' | 'changed' | undefined> {
  if (kept.read()?.get(tool) === pin) return undefined;
  const pins = new Map<string, string>();
  // A name that comes twice is no pinned tool: nobody knows which of the two would be called.
  for (const each of await server.list()) pins.set(each.name, pins.has(each.name) ? 'twice' : each.pin);
  kept.keep(pins);
  const found = pins.get(tool);
  return found === pin ? undefined : found === undefined ? 'gone' : 'changed';
}
