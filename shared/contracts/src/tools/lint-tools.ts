import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { TenantId } from '../values/ids.ts';
import { SaidValues } from '../values/said.ts';
import { ToolMistake } from './tool-mistakes.ts';
import { ToolRule } from './tool-rule.ts';

/** What the linter found in a list of descriptors. */
export const ToolFinding = z.object({
  rule: ToolRule,
  level: z.enum(['error', 'warning']).describe('an error keeps a policy with this tool from being put'),
  place: z.string().describe('the place of the tool in the list, from 0, and the place in it: `0.http.urlTemplate`'),
  message: z.string(),
  mistake: ToolMistake.describe('what `message` says, as a code'),
  values: SaidValues.optional().describe('what stands in `message`'),
});
export type ToolFinding = z.infer<typeof ToolFinding>;

export const LintTools = question(
  'auth',
  'tools-lint',
  'Says what is wrong with descriptors of tools of one agent, and keeps none. One that breaks its schema is refused.',
  z.strictObject({
    tenantId: TenantId,
    tools: z.array(z.unknown()).min(1).max(32).describe('descriptors; every mistake in them is listed'),
  }),
  z.object({ findings: z.array(ToolFinding).describe('of the first 200 that there are') }),
  { action: 'tools.lint' },
);
