import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { SessionId, TenantId } from '../values/ids.ts';
import { ToolUi } from './http-tool.ts';
import { ToolName } from './tool-fields.ts';

/** The provider's own id of a function call. A use that comes again under it runs once. */
export const ToolCallId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be 1 to 128 letters, digits, _ or -')
  .describe('the provider’s id of the function call: the same use again runs once');

/** What a use of a tool gives to whoever asked for it. */
export const ToolResult = z.object({
  ok: z.boolean().describe('whether the tool did what it was asked'),
  result: z.json().describe('the tool’s answer, bounded and redacted; the agent is told it'),
  ui: z
    .object({
      kind: ToolUi.shape.kind,
      title: z.string().optional(),
      fields: z.array(z.object({ path: z.string(), value: z.json() })),
    })
    .optional()
    .describe('what the page shows of it: the fields that the descriptor names'),
  effect: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('end-call') }),
      z.object({ kind: z.literal('link'), url: z.string(), label: z.string() }),
      z.object({ kind: z.literal('consent'), purpose: z.string() }),
    ])
    .optional()
    .describe('what a built-in tool wants done on the page'),
});
export type ToolResult = z.infer<typeof ToolResult>;

export const ExecuteTool = question(
  'session-broker',
  'execute-tool',
  'Runs a tool of a direct call’s agent, as its page asks. Throws the fault of a refusal.',
  z.strictObject({
    tenantId: TenantId,
    sessionId: SessionId,
    name: ToolName,
    args: z.json(),
    callId: ToolCallId.optional(),
  }),
  ToolResult,
);
