import type { Agent, ToolReason, ToolUi, ToolVia } from '@vox/contracts';

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

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

/** Why a tool was not run, or came to nothing. `field` names an argument or a place of a template, never a value. */
export type ToolRefusal = Readonly<{
  kind: 'refused';
  code: ToolRefusalCode;
  reason?: ToolReason | undefined;
  field?: string | undefined;
  retryAfterSeconds?: number | undefined;
  /** When a budget that has no more begins anew. */
  resetsAt?: string | undefined;
}>;

export type ToolRefusalCode =
  | 'TOOL_NOT_FOUND'
  | 'INVALID_PARAMETERS'
  | 'TOOL_REFUSED'
  | 'TOOL_FAILED'
  | 'RATE_LIMITED'
  | 'QUOTA_EXCEEDED'
  | 'IN_FLIGHT'
  | 'MISMATCH'
  | 'HEARD_BY_SERVER'
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

/** The call in which a tool is used. */
export type ToolSession = Readonly<{ tenantId: string; sessionId: string }>;

/**
 * One use. `callId` is the provider's own id of the function call: with it a use that comes again runs once. `agent` is
 * the one that the call began with; whoever has it at hand spares its being read.
 */
export type ToolCall = Readonly<{
  session: ToolSession;
  agent?: Pick<Agent, 'tools'> | undefined;
  name: string;
  args: unknown;
  callId?: string | undefined;
  via: ToolVia;
  /** Aborted once the call is over: what is under way is cut, and nothing is sent from then on. */
  signal?: AbortSignal | undefined;
}>;

/** Runs a tool of a call's agent. It never throws: what broke is a refusal with its code. */
export type RunTool = (call: ToolCall) => Promise<ToolOutcome>;
