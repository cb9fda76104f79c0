import type { HttpTool } from '@vox/contracts';

export type Json = HttpTool['parameters'][string];

/** The result of a tool, for the model alone. */
export type McpResult = Readonly<{ ok: boolean; result: { [name: string]: Json } }>;

const textCharsMax = 16_384;
const structuredCharsMax = 32_768;
const namedMax = 16;

type Content = Readonly<{ type: string; text?: unknown; mimeType?: unknown }>;
type Said = Readonly<{ content?: readonly Content[] | undefined; structuredContent?: unknown; isError?: unknown }>;

/**
 * A result as JSON: its texts, one below the other, and its structured content. Images, sounds and resources are named
 * by their type and not carried, and so is whatever is too long; `isCut` says that the texts were longer.
 */
export function flattened({ content = [], structuredContent, isError }: Said): McpResult {
  const texts = content.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []));
  const text = texts.join('\n');
  const others = content.flatMap(({ type, mimeType }) => (type === 'text' ? [] : [namedContent(type, mimeType)]));
  const structured = structuredContent === undefined ? undefined : JSON.stringify(structuredContent);
  const fits = structured !== undefined && structured.length <= structuredCharsMax;
  const leftOut = [...others.slice(0, namedMax), ...(structured === undefined || fits ? [] : ['structured content'])];
  return {
    ok: isError !== true,
    result: {
      ...(texts.length > 0 && { text: text.slice(0, textCharsMax).toWellFormed() }),
      ...(text.length > textCharsMax && { isCut: true }),
      ...(fits && { structured: JSON.parse(structured) as Json }),
      ...(leftOut.length > 0 && { leftOut }),
    },
  };
}

const kinds = new Set(['image', 'audio', 'resource', 'resource_link']);
const mime = /^[a-z]{1,24}\/[a-z0-9.+-]{1,64}$/i;
const namedContent = (type: string, mimeType: unknown): string =>
  [kinds.has(type) ? type : 'other', ...(typeof mimeType === 'string' && mime.test(mimeType) ? [mimeType] : [])].join(
    ' ',
  );
