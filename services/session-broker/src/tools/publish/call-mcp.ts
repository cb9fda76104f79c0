import type { McpTool } from '@vox/contracts';
import type { Egress } from '@vox/platform/egress';
import type { Clock } from '@vox/platform/time';
import { expand } from '@vox/tools';
import { type Json, type McpFailure, type OpenMcpServer, useMcpServer } from '@vox/tools/mcp';
import { type KeptPin, keptPins } from './kept-pins.ts';

/** Use of a tool. The arguments have met its schema; `secrets` and `session` are what its headers hold. */
export type McpUse = Readonly<{
  tool: McpTool;
  args: unknown;
  secrets: ReadonlyMap<string, Readonly<{ reveal: () => string }>>;
  session: Readonly<Record<'sessionId' | 'tenantId' | 'agentId' | 'callId', string>>;
  /** Aborted once the call is over: what is under way is cut, and nothing more is sent. */
  signal: AbortSignal;
}>;

/**
 * `drifted`: the server does not say of the tool what was pinned, and it was not called. `refused`: nothing may be
 * sent; `template`: a value does not fit its header. `failed`: the server was of no use. None of it holds words of the
 * server.
 */
export type McpOutcome =
  | Readonly<{ kind: 'answered'; isError: boolean; value: Json; bytesIn: number }>
  | Readonly<{ kind: 'drifted' }>
  | Readonly<{ kind: 'refused' | 'failed'; reason: string; status?: number | undefined }>;
export type CallMcp = (use: McpUse) => Promise<McpOutcome>;

/** Calls tools of MCP servers, each over a line of its own that is closed behind it. Never throws. */
export function mcpCaller({ egress, clock }: Readonly<{ egress: Pick<Egress, 'send'>; clock: Clock }>): CallMcp {
  const pins = keptPins(clock);
  return async ({ tool, args, secrets, session, signal }) => {
    const { server: url, timeoutMs, tool: name, parameters: inputSchema } = tool;
    const headers = headersOf(tool, secrets, session);
    if (headers === undefined) return { kind: 'refused', reason: 'template' };
    const { tenantId } = session;
    return inToldWords(
      await useMcpServer({ egress, url, headers, wholeMs: timeoutMs, owner: tenantId, signal }, async (server) => {
        if (await isDrifted(tool, pins.of(tenantId, tool), server)) return { kind: 'drifted' } as const;
        const { ok, result } = await server.call({ tool: name, args: args as Record<string, unknown>, inputSchema });
        return { kind: 'answered', isError: !ok, value: result, bytesIn: server.bytesIn() } as const;
      }),
    );
  };
}

/** The headers with their values, or `undefined` where one does not fit. */
function headersOf({ server, headers, timeoutMs }: McpTool, secrets: McpUse['secrets'], session: McpUse['session']) {
  const call = { method: 'POST', urlTemplate: server, headers, timeoutMs, pruneEmpty: false } as const;
  const revealed = Object.fromEntries([...secrets].map(([name, secret]) => [name, secret.reveal()]));
  const expanded = expand(call, { args: {}, secrets: revealed, session });
  return expanded.kind === 'unfit' ? undefined : expanded.request.headers;
}

/** The same words as for tools over HTTP, where there are any. */
function inToldWords(outcome: McpOutcome | McpFailure): McpOutcome {
  if (outcome.kind !== 'failed') return outcome;
  const { reason, status } = outcome;
  if (reason === 'too-large') return { kind: 'failed', reason: 'answer-too-large' };
  const isRedirect = reason === 'status' && status !== undefined && status >= 300 && status < 400;
  return isRedirect ? { kind: 'failed', reason: 'redirect', status } : outcome;
}

/** Whether the server says something else of a tool. What was kept can say that it does not, and never that it does. */
async function isDrifted({ tool, pin }: McpTool, kept: KeptPin, server: OpenMcpServer): Promise<boolean> {
  if (kept.isKept()) return false;
  const listed = (await server.list()).filter(({ name }) => name === tool);
  // A name that comes twice is no pinned tool: nobody knows which of the two would be called.
  if (listed.length !== 1 || listed[0]?.pin !== pin) return true;
  kept.keep();
  return false;
}
