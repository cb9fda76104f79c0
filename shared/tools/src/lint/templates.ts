import type { HttpTool } from '@vox/contracts';
import { type Placeholder, parseTemplate, placeholdersIn, textsIn } from '../template/parse.ts';

/** A text of a descriptor that may hold placeholders. */
export type TemplateText = Readonly<{ place: string; text: string }>;
export type PlacedPlaceholder = Readonly<{ place: string; placeholder: Placeholder }>;

export const templatesOf = ({ http }: HttpTool): readonly TemplateText[] => [
  { place: 'http.urlTemplate', text: http.urlTemplate },
  ...Object.entries(http.headers).map(([name, text]) => ({ place: `http.headers.${name}`, text })),
  ...(http.jsonBodyTemplate === undefined ? [] : textsIn(http.jsonBodyTemplate, 'http.jsonBodyTemplate')),
];

/** Placeholders of the templates that are well formed. */
export const placeholdersOf = (tool: HttpTool): readonly PlacedPlaceholder[] =>
  templatesOf(tool).flatMap(({ place, text }) => {
    const parsed = parseTemplate(text);
    return parsed.kind === 'malformed'
      ? []
      : placeholdersIn(parsed.parts).map((placeholder) => ({ place, placeholder }));
  });

/** The texts of a template without its placeholders, each as it stands between them. */
export function literalsOf(text: string): readonly string[] {
  const parsed = parseTemplate(text);
  if (parsed.kind === 'malformed') return [text];
  return parsed.parts.flatMap((part) => ('text' in part ? [part.text] : []));
}
