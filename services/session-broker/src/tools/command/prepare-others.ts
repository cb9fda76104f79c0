import type { BuiltInTool, McpTool } from '@vox/contracts';
import type { Secret } from '@vox/platform/secret';
import { hostOf } from '@vox/tools';
import type { Json, ToolEffect, ToolRefusal } from '../decide/outcome.ts';
import { reasonOf } from '../decide/reasons.ts';
import { borrowFor } from '../publish/borrow-for.ts';
import type { BorrowSecrets } from '../publish/borrow-secrets.ts';
import { interruptedUse, type Prepare, type Wanted } from './prepare.ts';

/** What an MCP server made of a call. `drifted`: it describes the tool otherwise than when it was pinned. */
export type McpAnswer = Readonly<{ bytesOut?: number; bytesIn?: number; status?: number | undefined }> &
  (
    | Readonly<{ kind: 'answered'; isError: boolean; value: Json }>
    | Readonly<{ kind: 'drifted' }>
    | Readonly<{ kind: 'refused'; reason: string }>
    | Readonly<{ kind: 'failed'; reason: string }>
  );

/** Calls a tool of an MCP server. `secrets` are what the placeholders of its headers stand for. Never throws. */
export type CallMcp = (
  asked: Readonly<{
    tool: McpTool;
    args: unknown;
    secrets: ReadonlyMap<string, Secret>;
    session: Readonly<Record<'sessionId' | 'tenantId' | 'agentId' | 'callId', string>>;
    /** Aborted once the call is over: what is under way is cut, and nothing more is sent. */
    signal: AbortSignal;
  }>,
) => Promise<McpAnswer>;

/** Runs a tool that VOX has itself. */
export type RunBuiltIn = (
  wanted: Wanted<BuiltInTool> & Readonly<{ signal: AbortSignal }>,
) => Promise<Readonly<{ kind: 'done'; ok: boolean; result: Json; effect?: ToolEffect | undefined }> | ToolRefusal>;

const notHere = async (): Promise<ToolRefusal> => ({ kind: 'refused', code: 'TOOL_REFUSED', reason: 'unavailable' });

/** Makes the call of an MCP tool ready. An installation that calls no MCP servers refuses it. */
export const mcpPreparer =
  (callMcp: CallMcp | undefined, borrowSecrets: BorrowSecrets): Prepare<McpTool> =>
  async ({ tool, args, session: { tenantId, agentId }, sessionId, callId }) => {
    const host = hostOf(tool.server);
    if (callMcp === undefined || host === undefined) return notHere();
    const lent = await borrowFor(borrowSecrets, { tenantId, templates: tool.headers, host });
    if (lent.kind === 'refused') return lent;
    const session = { sessionId, tenantId, agentId, callId };
    return {
      ...{ kind: 'ready', host, method: 'POST', secrets: [...lent.values.values()] },
      bytesOut: Buffer.byteLength(JSON.stringify(args)),
      async send(signal) {
        const answer = await callMcp({ tool, args, secrets: lent.values, session, signal });
        const { status, bytesIn = 0 } = answer;
        if (answer.kind === 'answered')
          return { kind: 'answered', ok: !answer.isError, value: answer.value, status, bytesIn };
        if (answer.kind === 'failed' && answer.reason === 'interrupted') return { ...interruptedUse, bytesIn };
        if (answer.kind === 'drifted') return { kind: 'refused', reason: 'drifted', status, bytesIn };
        return { kind: answer.kind, reason: reasonOf(answer.reason), status, bytesIn };
      },
    };
  };

/** Makes a tool of VOX's own ready: it is run as it is, and asks no other server. */
export const builtInPreparer =
  (runBuiltIn: RunBuiltIn | undefined): Prepare<BuiltInTool> =>
  async (wanted) => {
    if (runBuiltIn === undefined) return notHere();
    return {
      ...{ kind: 'ready', bytesOut: 0, secrets: [] },
      async send(signal) {
        const ran = await runBuiltIn({ ...wanted, signal });
        if (ran.kind === 'refused') return { kind: 'refused', reason: ran.reason ?? 'other', bytesIn: 0 };
        const { ok, result: value, effect } = ran;
        return { kind: 'answered', ok, value, effect, bytesIn: 0 };
      },
    };
  };
