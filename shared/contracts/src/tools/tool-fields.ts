import { z } from 'zod';
import { fieldSentences } from '../values/field-mistakes.ts';
import { plainText } from '../values/plain-text.ts';

/** The name of a tool, as the provider takes it. */
export const ToolName = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, fieldSentences['tool-name']);

/** A schema of arguments. */
export const ToolParameters = z
  .record(z.string(), z.json())
  .describe('JSON Schema (2020-12) of the arguments, whose type is object');

/** What the provider is told of a tool, and all that it is told. */
export const toldFields = {
  name: ToolName,
  description: plainText(1_024),
  parameters: ToolParameters,
};

const calls = z.number().int().min(1).max(10_000).optional();

/** How often a tool may be used. A limit that is left out is that of the platform. */
export const ToolLimits = z.strictObject({
  callsPerMinute: calls.describe('uses within a minute, over all calls of the tenant'),
  callsPerSession: calls.describe('uses within one call of a visitor'),
});
export type ToolLimits = z.infer<typeof ToolLimits>;

/** What bounds a tool that VOX runs. */
export const toolBounds = {
  limits: ToolLimits.optional(),
  costMicros: z
    .number()
    .int()
    .min(0)
    .max(100_000_000)
    .optional()
    .describe(
      'what each use costs, in micro-dollars; it counts against the tenant’s budget. Left out, it costs nothing',
    ),
};
