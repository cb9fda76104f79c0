import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';
import { plainText } from '../values/plain-text.ts';
import { toldFields, toolBounds } from './tool-fields.ts';

/** The place of a field in an answer: `order.status`. */
const fieldPath = z.string().regex(/^[A-Za-z0-9_-]{1,64}(\.[A-Za-z0-9_-]{1,64}){0,7}$/, fieldSentences['dotted-names']);

/** A field name of HTTP (RFC 9110 §5.1). */
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/, fieldSentences['header-name']);

/** Headers of a tool’s requests. Their values may hold placeholders. */
export const ToolHeaders = z.record(headerName, z.string().max(4_096));

export const toolTimeoutMsMax = 120_000;
export const ToolTimeoutMs = z.number().int().min(100).max(toolTimeoutMsMax);

/** How a tool is called. `{{args.…}}`, `{{secrets.…}}` and `{{session.…}}` stand for values in the templates. */
export const HttpCall = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  urlTemplate: z.string().min(1).max(2_048).describe('https; placeholders may stand in its path and query'),
  headers: ToolHeaders.default({}),
  jsonBodyTemplate: z
    .json()
    .optional()
    .describe('JSON whose texts may hold placeholders; a text that is one placeholder becomes the value with its type'),
  okField: fieldPath
    .optional()
    .describe('a field of the answer that is true when the call has succeeded; without it the status says so'),
  timeoutMs: ToolTimeoutMs.default(10_000),
  pruneEmpty: z
    .boolean()
    .default(false)
    .describe('leaves out members of the body whose value is null, an empty text, or empty once others are left out'),
});
export type HttpCall = z.infer<typeof HttpCall>;

/** What the visitor’s page shows of a result. */
export const ToolUi = z.strictObject({
  kind: z.enum(['card', 'link', 'list']),
  title: plainText(120).optional(),
  fields: z
    .array(fieldPath)
    .max(16)
    .default([])
    .describe('fields of the answer that are shown; no other part of it reaches the page'),
});
export type ToolUi = z.infer<typeof ToolUi>;

/** A tool that the platform calls over HTTP in the tenant’s name. The browser never sees how. */
export const HttpTool = z.strictObject({
  kind: z.literal('http_tool'),
  ...toldFields,
  http: HttpCall,
  ui: ToolUi.optional(),
  ...toolBounds,
});
export type HttpTool = z.infer<typeof HttpTool>;
