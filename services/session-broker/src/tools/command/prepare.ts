import type { HttpCall, RunnableTool, ToolReason } from '@vox/contracts';
import type { Secret } from '@vox/platform/secret';
import type { LiveSession } from '../../calls/mod.ts';
import type { Json, ToolEffect, ToolRefusal } from '../decide/outcome.ts';

/** What a tool answered, before it is redacted. `status` and `bytesIn` are of HTTP. */
export type Answered = Readonly<{ status?: number | undefined; bytesIn: number }> &
  (
    | Readonly<{ kind: 'answered'; ok: boolean; value: Json; effect?: ToolEffect | undefined }>
    /**
     * `refused`: nothing was sent. `interrupted`: the call ended meanwhile; it may have been sent, and nobody knows
     * what became of it.
     */
    | Readonly<{ kind: 'refused' | 'failed' | 'interrupted'; reason: ToolReason }>
  );

/** A use of which all is ready but the sending. `secrets` are what an answer must not say back. */
export type Ready = Readonly<{
  kind: 'ready';
  host?: string | undefined;
  method?: HttpCall['method'] | undefined;
  bytesOut: number;
  secrets: readonly Secret[];
  /** `signal` is aborted once the call is over: what is under way is cut, and nothing more is sent. */
  send: (signal: AbortSignal) => Promise<Answered>;
}>;

/** What a use is that was cut. */
export const interruptedUse = { kind: 'interrupted', reason: 'interrupted', bytesIn: 0 } as const;

/** One use as those that prepare it see it. Of a tool that is tried, `sessionId` and `callId` are of the try. */
export type Wanted<T extends RunnableTool = RunnableTool> = Readonly<{
  tool: T;
  args: unknown;
  session: Pick<LiveSession, 'tenantId' | 'agentId'>;
  sessionId: string;
  callId: string;
}>;

/** Makes a use ready, or refuses it. It sends nothing. Throws Fault UNAVAILABLE when what it asks does not answer. */
export type Prepare<T extends RunnableTool> = (wanted: Wanted<T>) => Promise<Ready | ToolRefusal>;

export type Preparations = Readonly<{ [K in RunnableTool['kind']]: Prepare<Extract<RunnableTool, { kind: K }>> }>;

/** Makes a use of a tool ready, whatever its kind. */
export function prepare(by: Preparations, wanted: Wanted): Promise<Ready | ToolRefusal> {
  const { tool } = wanted;
  switch (tool.kind) {
    case 'http_tool':
      return by.http_tool({ ...wanted, tool });
    case 'mcp_tool':
      return by.mcp_tool({ ...wanted, tool });
    case 'built_in':
      return by.built_in({ ...wanted, tool });
  }
}
