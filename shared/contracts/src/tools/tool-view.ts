import { z } from 'zod';
import { plainText } from '../values/plain-text.ts';

/** How much of an answer a page shows. */
export const toolViewMax = { fields: 16, items: 20, chars: 500, allChars: 12_000 } as const;

const shown = plainText(toolViewMax.chars);

/**
 * What the visitor’s page shows of a tool’s answer: text alone, whatever the answer holds. A list of values becomes a
 * list of texts.
 */
export const ToolView = z.object({
  kind: z.enum(['card', 'link', 'list']),
  title: plainText(120).optional(),
  fields: z
    .array(
      z.object({ path: z.string().min(1).max(520), value: z.union([shown, z.array(shown).max(toolViewMax.items)]) }),
    )
    .max(toolViewMax.fields),
});
export type ToolView = z.infer<typeof ToolView>;
