import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting } from '../values/acting.ts';
import { AgentId, TenantId } from '../values/ids.ts';
import { ToolResult } from './execute-tool.ts';
import { HttpCall } from './http-tool.ts';
import { ToolReason } from './tool-facts.ts';
import { ToolName } from './tool-fields.ts';

const count = z.number().int().nonnegative();

/** What came of a tool that was tried. Its request was sent: what nothing was sent of is refused by its code. */
export const TriedTool = z.object({
  tryId: z.uuid().describe('stands for the ids of a call in its templates; both entries of the audit log name it'),
  outcome: z
    .enum(['answered', 'failed'])
    .describe('failed: its host gave no answer that is of use, and `reason` says why'),
  reason: ToolReason.optional(),
  ok: z.boolean().describe('whether the tool did what it was asked'),
  result: z.json().optional().describe('its answer as an agent would be told it: bounded, redacted, without secrets'),
  ui: ToolResult.shape.ui,
  host: z.string().optional().describe('host and port of who was asked'),
  method: HttpCall.shape.method.optional(),
  status: z.number().int().optional().describe('of HTTP'),
  ms: count,
  bytesOut: count,
  bytesIn: count,
});
export type TriedTool = z.infer<typeof TriedTool>;

export const TryTool = question(
  'session-broker',
  'try-tool',
  'Runs a tool of an agent for real, outside of any call: with its secrets, at its host. It costs the budget nothing.',
  z.strictObject({
    tenantId: TenantId,
    agentId: AgentId,
    name: ToolName.describe('a tool of the agent as the policy in force has it'),
    args: z.json().default({}).describe('its arguments, which fit its schema'),
    ...acting,
  }),
  TriedTool,
  { action: 'tools.try' },
);
