import { TenantId, ToolName, ToolReason, ToolUseOutcome, ToolVia } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { type SessionUses, usesDueAtMs } from '../decide/uses.ts';

/** Uses of tools by the session in which they were begun. */
export type ToolUses = DocumentStore<SessionUses>;

const ms = z.number().int();
const count = z.number().int().nonnegative();

const Figures = z.object({
  outcome: ToolUseOutcome,
  reason: ToolReason.optional(),
  ok: z.boolean(),
  host: z.string().optional(),
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  status: z.number().int().optional(),
  ms: count,
  bytesOut: count,
  bytesIn: count,
});

export const toolUseDocuments: StoredKind<SessionUses> = {
  collection: 'tool_uses',
  schema: z.object({
    tenantId: TenantId,
    untilMs: ms,
    uses: z.record(
      z.string(),
      z.object({
        name: ToolName,
        kind: z.enum(['http_tool', 'built_in', 'mcp_tool']),
        via: ToolVia,
        mark: z.string(),
        by: z.string(),
        begunAtMs: ms,
        overByMs: ms,
        costMicros: count.optional(),
        done: Figures.optional(),
        doneAtMs: ms.optional(),
        sealed: z.string().optional(),
        isTold: z.literal(true).optional(),
      }),
    ),
    isErased: z.literal(true).optional(),
  }),
  dueAtMs: usesDueAtMs,
};
