import type { Agent, ToolUi } from '@vox/contracts';

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What the visitor's page shows of a result: the fields that the descriptor names, and no other part of the answer. */
export type ShownResult = Readonly<{
  kind: ToolUi['kind'];
  title?: string | undefined;
  fields: readonly Readonly<{ path: string; value: Json }>[];
}>;

/** What a built-in tool wants done to the call or on the visitor's page. */
export type ToolEffect =
  | Readonly<{ kind: 'end-call' }>
  | Readonly<{ kind: 'link'; url: string; label: string }>
  | Readonly<{ kind: 'consent'; purpose: string }>;

/** Why a tool was not run, or came to nothing. `reason` is of a closed list, and `field` names an argument. */
export type ToolRefusal = Readonly<{
  kind: 'refused';
  code: ToolRefusalCode;
  reason?: string | undefined;
  field?: string | undefined;
  retryAfterSeconds?: number | undefined;
}>;

export type ToolRefusalCode =
  | 'TOOL_NOT_FOUND'
  | 'INVALID_PARAMETERS'
  | 'TOOL_REFUSED'
  | 'RATE_LIMITED'
  | 'QUOTA_EXCEEDED'
  | 'IN_FLIGHT'
  | 'MISMATCH'
  | 'SESSION_ENDED'
  | 'SESSION_NOT_FOUND'
  | 'TENANT_SUSPENDED'
  | 'UNAVAILABLE';

/**
 * What became of one use of a tool. `result` is bounded and redacted, so that the provider may hear it; `ok` says
 * whether the tool itself did what it was asked.
 */
export type ToolOutcome =
  | Readonly<{
      kind: 'done';
      ok: boolean;
      result: Json;
      ui?: ShownResult | undefined;
      effect?: ToolEffect | undefined;
    }>
  | ToolRefusal;

/** Who asks for a use: the page of a direct call, or the provider in a brokered one. */
export type ToolVia = 'browser' | 'provider';

/** The call in which a tool is used. The agent is the one that the call began with. */
export type ToolSession = Readonly<{ tenantId: string; sessionId: string; endsAtMs: number; agentId: string }>;

/** One use. `callId` is the provider's own id of the function call: with it a use that comes again runs once. */
export type ToolCall = Readonly<{
  session: ToolSession;
  agent: Pick<Agent, 'tools'>;
  name: string;
  args: unknown;
  callId?: string | undefined;
  via: ToolVia;
  /** Aborted once the call is over: nothing is sent from then on. */
  signal?: AbortSignal | undefined;
}>;

/** Runs a tool of a call's agent. It never throws: what broke is a refusal with its code. */
export type RunTool = (call: ToolCall) => Promise<ToolOutcome>;
