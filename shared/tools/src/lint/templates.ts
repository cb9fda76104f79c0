import type { AgentTool } from '@vox/contracts';
import { type Parsed, type Placeholder, parseTemplate, placeholdersIn, textsIn } from '../template/parse.ts';

/** A text of a descriptor that may hold placeholders. */
export type TemplateText = Readonly<{ place: string; text: string }>;
/** One that is read. */
export type Template = TemplateText & Readonly<{ parsed: Parsed }>;
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

/** What was read of a tool: several rules look at it. */
const read = new WeakMap<AgentTool, readonly Template[]>();
export function templatesOf(tool: AgentTool): readonly Template[] {
  const known = read.get(tool);
  if (known !== undefined) return known;
  const url = urlOf(tool);
  const texts = [...(url === undefined ? [] : [url]), ...headersOf(tool), ...bodyOf(tool)];
  const templates = texts.map(({ place, text }) => ({ place, text, parsed: parseTemplate(text) }));
  read.set(tool, templates);
  return templates;
}

/** Placeholders of the templates that are well formed. */
export const placeholdersOf = (tool: AgentTool): readonly PlacedPlaceholder[] =>
  templatesOf(tool).flatMap(({ place, parsed }) =>
    parsed.kind === 'malformed' ? [] : placeholdersIn(parsed.parts).map((placeholder) => ({ place, placeholder })),
  );

/** The texts of a template without its placeholders, each as it stands between them. */
export function literalsOf({ text, parsed }: Template): readonly string[] {
  if (parsed.kind === 'malformed') return [text];
  return parsed.parts.flatMap((part) => ('text' in part ? [part.text] : []));
}
