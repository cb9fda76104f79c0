import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';
import { plainText } from '../values/plain-text.ts';
import { BuiltInTool } from './built-in-tool.ts';
import { HttpTool } from './http-tool.ts';
import { McpTool } from './mcp-tool.ts';

/** A function that the visitor's page runs. VOX tells the provider of it, and does no more. */
export const FunctionTool = z.object({
  kind: z.undefined().optional().meta({ not: {}, description: 'never set: such a tool has a type in its place' }),
  type: z.literal('function'),
  name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  description: plainText(1024),
  parameters: z.record(z.string(), z.json()),
});
export type FunctionTool = z.infer<typeof FunctionTool>;

/** A tool that VOX runs. */
export const RunnableTool = z.discriminatedUnion('kind', [HttpTool, BuiltInTool, McpTool]);
export type RunnableTool = z.infer<typeof RunnableTool>;

/** A tool of an agent, whoever runs it. */
export const AgentTool = z.discriminatedUnion('kind', [FunctionTool, HttpTool, BuiltInTool, McpTool], {
  error: ({ code }) => (code === 'invalid_union' ? fieldSentences['tool-kind'] : undefined),
});
export type AgentTool = z.infer<typeof AgentTool>;
