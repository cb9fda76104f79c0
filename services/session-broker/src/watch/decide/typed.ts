import { fieldsOf } from './event.ts';

/**
 * The words of an item of the conversation that a visitor typed, or `undefined` of any other. What it speaks has an
 * item too, and is written down later, in an event of its own.
 */
export function typedIn({ type, role, content }: Readonly<Record<string, unknown>>): string | undefined {
  if (type !== 'message' || role !== 'user' || !Array.isArray(content)) return undefined;
  const texts = content.map(fieldsOf).flatMap((part) => (part.type === 'input_text' ? [part.text] : []));
  const typed = texts.filter((text) => typeof text === 'string' && text.trim() !== '').join('\n');
  return typed === '' ? undefined : typed;
}
