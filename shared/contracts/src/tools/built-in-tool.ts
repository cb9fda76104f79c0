import { z } from 'zod';
import { ConsentPurpose } from '../tenants/data-protection.ts';
import { plainLine, plainText } from '../values/plain-text.ts';
import { ToolParameters, toolBounds } from './tool-fields.ts';

/** Tools that VOX has itself. No other tool may have such a name. */
export const BuiltInName = z.enum(['end_call', 'transfer_to_link', 'collect_consent']);
export type BuiltInName = z.infer<typeof BuiltInName>;

/** A link that the visitor is shown, such as one where it pays: no card number is ever spoken. */
export const ToolLink = z.strictObject({
  urlTemplate: z.string().min(1).max(2_048).describe('https; placeholders may stand in its path and query'),
  label: plainLine(80).min(1).describe('what the visitor reads on the link'),
});
export type ToolLink = z.infer<typeof ToolLink>;

const kind = z.literal('built_in');
const shared = {
  description: plainText(1_024).min(1).optional().describe('when the agent uses it; left out, VOX says it'),
  ...toolBounds,
};

/** A tool that VOX has itself. It calls nobody. */
export const BuiltInTool = z.discriminatedUnion('name', [
  z.strictObject({ kind, name: z.literal('end_call'), ...shared }),
  z.strictObject({
    kind,
    name: z.literal('transfer_to_link'),
    link: ToolLink,
    parameters: ToolParameters.optional().describe('of the arguments that the link holds; left out, it holds none'),
    ...shared,
  }),
  z.strictObject({
    kind,
    name: z.literal('collect_consent'),
    purpose: ConsentPurpose.describe('what the visitor is asked to agree to'),
    ...shared,
  }),
]);
export type BuiltInTool = z.infer<typeof BuiltInTool>;
