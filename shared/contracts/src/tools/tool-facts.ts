import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { egressFailures, egressRefusals } from '../values/egress-outcome.ts';
import { SessionId, TenantId } from '../values/ids.ts';
import { ToolName } from './tool-fields.ts';

/** Who asked for the use of a tool: the page of a direct call, or the provider in a brokered one. */
export const ToolVia = z.enum(['browser', 'provider']);
export type ToolVia = z.infer<typeof ToolVia>;

/** What became of a use that was begun. */
export const ToolUseOutcome = z
  .enum(['answered', 'refused', 'failed', 'interrupted'])
  .describe(
    'answered; refused (nothing was sent); failed (its host gave no answer that is of use); interrupted (nobody knows)',
  );
export type ToolUseOutcome = z.infer<typeof ToolUseOutcome>;

/** Why a tool was not run, or why no answer of it was of use. `other` stands for what is in no list. */
export const ToolReason = z.enum([
  ...(['page-function', 'brokered', 'schema', 'template', 'secret-unknown', 'secret-host', 'too-large'] as const),
  ...([
    'session-limit',
    'tool-limit',
    'tenant-limit',
    'budget',
    'in-flight',
    'interrupted',
    'other-arguments',
  ] as const),
  ...egressRefusals,
  ...egressFailures,
  ...(['redirect', 'answer-too-large', 'not-json', 'drifted', 'unavailable'] as const),
  // Of a tool that VOX has itself and somebody tries: it does something to a call, and there is none.
  'needs-call',
  // Of MCP servers: an error of HTTP, a wish of their own before they answer, an error of theirs.
  ...(['status', 'asks', 'rejected'] as const),
  'other',
]);
export type ToolReason = z.infer<typeof ToolReason>;

const count = z.number().int().nonnegative();

export const ToolUsed = factKind({
  name: 'vox.tool.used',
  version: 1,
  scope: 'session',
  stream: 'VOX_CALLS',
  publishers: ['session-broker'],
  summary: 'A tool of an agent was used in a call. It says where and how large, and nothing of what was said.',
  data: z.object({
    tenantId: TenantId,
    sessionId: SessionId,
    name: ToolName,
    kind: z.enum(['http_tool', 'built_in', 'mcp_tool']),
    via: ToolVia,
    outcome: ToolUseOutcome,
    reason: ToolReason.optional(),
    ok: z.boolean().describe('whether the tool itself did what it was asked'),
    host: z.string().max(261).optional().describe('host and port of who was asked, as the descriptor names it'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
    status: z.number().int().min(0).max(999).optional(),
    ms: count,
    bytesOut: count,
    bytesIn: count,
    costMicros: count.optional(),
  }),
});

/** The facts of tools. */
export const toolFacts = [ToolUsed] as const;
