import { ToolName } from '@vox/contracts';
import { fieldsOf, idOf, type ProviderEvent, textOf } from './event.ts';

/**
 * A function that the agent calls. `useId` is the provider’s id of this use. `name` is `undefined` for what is no name
 * of a tool: it may be any text, and is kept nowhere. `args` is what it calls it with; `undefined` for what is no JSON.
 */
export type AskedTool = Readonly<{ useId: string; name: string | undefined; args: unknown }>;
/** One whose name is that of a tool, of this agent or not. */
export type NamedTool = AskedTool & Readonly<{ name: string }>;

/** What an event tells of functions: uses that are known whole for the first time, and one that has its output. */
export type HeardTools = Readonly<{ asked: readonly AskedTool[]; answered?: string | undefined }>;

/**
 * Reads the function calls of a provider's events: each once, whatever comes twice or out of order. They are read from
 * the events of a response alone, which is always the model's own. An item of the conversation says nothing of who made
 * it: a page with a channel makes one with `conversation.item.create`, and the provider tells it to all (Realtime API).
 */
export type ToolCalls = Readonly<{ hear: (event: ProviderEvent) => HeardTools }>;

type Given<T> = Readonly<{ value: T }>;
type Part = Readonly<{ useId?: string; name?: Given<string | undefined>; args?: Given<unknown> }>;

/** So many uses are known again when they come twice. No call has as many within a moment. */
const knownMax = 1_000;
/** Longest arguments that are read, in characters. */
const argsMax = 65_536;
const nothing: HeardTools = { asked: [] };

export function toolCalls(): ToolCalls {
  const parts = new Map<string, Part>();
  const known = new Set<string>();

  function asked(itemId: string, more: Part): AskedTool[] {
    const part = { ...parts.get(itemId), ...more };
    parts.delete(itemId);
    parts.set(itemId, part);
    forgetOldest(parts);
    const { useId, name, args } = part;
    if (useId === undefined || name === undefined || args === undefined || known.has(useId)) return [];
    known.add(useId);
    forgetOldest(known);
    return [{ useId, name: name.value, args: args.value }];
  }
  /** A function call, as an item of a response. */
  function ofItem(given: unknown): AskedTool[] {
    const item = fieldsOf(given);
    const id = idOf(item.id);
    if (item.type !== 'function_call' || id === undefined) return [];
    const isWhole = item.status === 'completed';
    return asked(id, { ...names(item), ...(isWhole && { args: { value: parsed(item.arguments) } }) });
  }
  return {
    hear(event) {
      switch (event.type) {
        case 'conversation.item.added':
        case 'conversation.item.created':
        case 'conversation.item.done':
          return answeredBy(event.item);
        case 'response.output_item.added':
        case 'response.output_item.done':
          return { asked: ofItem(event.item) };
        case 'response.done': {
          const { output } = fieldsOf(event.response);
          return { asked: Array.isArray(output) ? output.flatMap(ofItem) : [] };
        }
        case 'response.function_call_arguments.done': {
          const [id, value] = [idOf(event.item_id), parsed(event.arguments)];
          // They are also told of an answer that was cut off: what is no JSON may only be their beginning.
          const args = value === undefined ? {} : { args: { value } };
          return id === undefined ? nothing : { asked: asked(id, { ...names(event), ...args }) };
        }
      }
      return nothing;
    },
  };
}

const forgetOldest = (all: Map<string, unknown> | Set<string>): void => {
  const [oldest] = all.keys();
  if (all.size > knownMax && oldest !== undefined) all.delete(oldest);
};

/** The use that an item of the conversation is the output of. */
function answeredBy(given: unknown): HeardTools {
  const { type, call_id } = fieldsOf(given);
  return type === 'function_call_output' ? { asked: [], answered: idOf(call_id) } : nothing;
}

/** The names that an event gives; one that it leaves out may have come before. */
function names({ call_id, name }: Readonly<Record<string, unknown>>): Part {
  const [useId, called] = [idOf(call_id), ToolName.safeParse(name).data];
  return { ...(useId !== undefined && { useId }), ...(name !== undefined && { name: { value: called } }) };
}

/** Arguments as a value. A function without any may come with an empty text. */
function parsed(given: unknown): unknown {
  const text = textOf(given);
  if (text === undefined || text.length > argsMax) return undefined;
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
