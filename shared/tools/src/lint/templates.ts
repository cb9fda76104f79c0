import type { AgentTool } from '@vox/contracts';
import { type Placeholder, parseTemplate, placeholdersIn, textsIn } from '../template/parse.ts';

/** A text of a descriptor that may hold placeholders. */
export type TemplateText = Readonly<{ place: string; text: string }>;
export type PlacedPlaceholder = Readonly<{ place: string; placeholder: Placeholder }>;

/** The address that a tool leads to, if it leads anywhere. */
export function urlOf(tool: AgentTool): TemplateText | undefined {
  if (tool.kind === 'http_tool') return { place: 'http.urlTemplate', text: tool.http.urlTemplate };
  if (tool.kind === 'mcp_tool') return { place: 'server', text: tool.server };
  return tool.kind === 'built_in' && tool.name === 'transfer_to_link'
    ? { place: 'link.urlTemplate', text: tool.link.urlTemplate }
    : undefined;
}

export type PlacedHeader = TemplateText & Readonly<{ name: string }>;

export function headersOf(tool: AgentTool): readonly PlacedHeader[] {
  if (tool.kind !== 'http_tool' && tool.kind !== 'mcp_tool') return [];
  const [within, headers] = tool.kind === 'http_tool' ? ['http.headers', tool.http.headers] : ['headers', tool.headers];
  return Object.entries(headers).map(([name, text]) => ({ place: `${within}.${name}`, name, text }));
}

const bodyOf = (tool: AgentTool): readonly TemplateText[] =>
  tool.kind === 'http_tool' && tool.http.jsonBodyTemplate !== undefined
    ? textsIn(tool.http.jsonBodyTemplate, 'http.jsonBodyTemplate')
    : [];

export const templatesOf = (tool: AgentTool): readonly TemplateText[] => {
  const url = urlOf(tool);
  return [...(url === undefined ? [] : [url]), ...headersOf(tool), ...bodyOf(tool)];
};

/** Placeholders of the templates that are well formed. */
export const placeholdersOf = (tool: AgentTool): readonly PlacedPlaceholder[] =>
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
