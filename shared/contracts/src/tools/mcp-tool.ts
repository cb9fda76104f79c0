import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';
import { HttpsUrl } from '../values/plain-text.ts';
import { ToolHeaders, ToolTimeoutMs } from './http-tool.ts';
import { toldFields, toolBounds } from './tool-fields.ts';

/**
 * A tool of an MCP server. Description and parameters are those that were pinned: a server that says others later is
 * not used.
 */
export const McpTool = z.strictObject({
  kind: z.literal('mcp_tool'),
  ...toldFields,
  server: HttpsUrl.describe('the address of the MCP server, by Streamable HTTP'),
  tool: z
    .string()
    .regex(/^[A-Za-z0-9_./-]{1,128}$/, fieldSentences['mcp-tool-name'])
    .describe('its name at the server'),
  headers: ToolHeaders.default({}),
  timeoutMs: ToolTimeoutMs.default(10_000),
  pin: z
    .string()
    .regex(/^[0-9a-f]{64}$/, fieldSentences['mcp-pin'])
    .describe('SHA-256 of the canonical description and schema as the server said them'),
  ...toolBounds,
});
export type McpTool = z.infer<typeof McpTool>;
