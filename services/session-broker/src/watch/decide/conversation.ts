import { fieldsOf, idOf, type ProviderEvent, textOf } from './event.ts';
import { typedIn } from './typed.ts';

export type Speaker = 'user' | 'assistant' | 'tool';

/** Something that was said, complete or as far as it came. `atMs` is when it began, in epoch milliseconds. */
export type Utterance = Readonly<{
  id: string;
  role: Speaker;
  text: string;
  atMs: number;
  meta?: Readonly<Record<string, unknown>>;
}>;
/** Words of an utterance that is still being said: all of them so far. */
export type Progress = Readonly<{ id: string; role: Speaker; text: string }>;
export type Heard = Readonly<{ utterances: readonly Utterance[]; progress?: Progress }>;
type Part = Progress & Readonly<{ itemId: string; responseId?: string | undefined }>;

/** What a reader finds in a transcript where words are missing. */
const marks = { gap: '[not transcribed]', unheard: '[interrupted: the rest was not heard]' };

/** Who says the words of an event, by its name today and by its name before the interface was final. */
const speakers: Readonly<Record<string, Speaker>> = {
  'conversation.item.input_audio_transcription': 'user',
  'response.output_audio_transcript': 'assistant',
  'response.audio_transcript': 'assistant',
  'response.output_text': 'assistant',
  'response.text': 'assistant',
};
const wordsOf = /^(.+)\.(delta|done|completed|failed)$/;
/** More items than this are not remembered: no call has as many, and a provider that sends them is out of its mind. */
const itemsMax = 20_000;

const partId = (itemId: string, index: unknown): string => (Number(index) > 0 ? `${itemId}.${Number(index)}` : itemId);
const isSaid = (text: unknown): text is string => typeof text === 'string' && text.trim() !== '';
const nothing: Heard = { utterances: [] };
/** A text with U+FFFD in the place of each half of a character. */
const wholeCharacters = (text: string): string => text.toWellFormed();

/** Makes utterances of a provider's events. Words become one utterance each, whatever comes twice or out of order. */
export type Conversation = Readonly<{
  hear: (event: ProviderEvent, nowMs: number) => Heard;
  /** Nothing more will come: unfinished words become utterances as far as they came. */
  flush: (nowMs: number) => readonly Utterance[];
}>;

export function conversation(): Conversation {
  /** When an item began: a visitor's words come after the start of the answer. */
  const beganAt = new Map<string, number>();
  /** Names of tools, which may come before their arguments. */
  const tools = new Map<string, Readonly<Record<string, unknown>>>();
  const parts = new Map<string, Part>();
  /** What the visitor said and is not transcribed yet. */
  const awaited = new Set<string>();
  const made = new Set<string>();
  let latestMs = 0;

  /** Now, and always later than before: the order is kept within one millisecond too. */
  const moment = (nowMs: number): number => {
    latestMs = Math.max(nowMs, latestMs + 1);
    return latestMs;
  };
  const begins = (itemId: unknown, nowMs: number): void => {
    const id = idOf(itemId);
    if (id !== undefined && !beganAt.has(id) && beganAt.size < itemsMax) beganAt.set(id, moment(nowMs));
  };
  function finish({ id, itemId, role, text }: Part, nowMs: number, meta?: Utterance['meta']): Utterance[] {
    parts.delete(id);
    if (role === 'user') awaited.delete(itemId);
    if (made.has(id) || made.size >= itemsMax) return [];
    made.add(id);
    const atMs = beganAt.get(itemId) ?? moment(nowMs);
    return isSaid(text) ? [{ id, role, text: wholeCharacters(text), atMs, ...(meta && { meta }) }] : [];
  }
  function words(event: ProviderEvent, role: Speaker, stage: string, nowMs: number): Heard {
    const itemId = idOf(event.item_id);
    if (itemId === undefined) return nothing;
    const id = partId(itemId, event.content_index);
    const known = parts.get(id) ?? { id, itemId, role, text: '', responseId: textOf(event.response_id) };
    if (stage === 'delta') {
      begins(itemId, nowMs);
      const delta = textOf(event.delta);
      if (delta === undefined || made.has(id) || known.text.length > textMax) return nothing;
      const part = { ...known, text: known.text + delta };
      parts.set(id, part);
      return { utterances: [], progress: { id, role, text: wholeCharacters(part.text) } };
    }
    if (stage === 'failed') {
      const text = `${known.text} ${marks.gap}`.trim();
      return { utterances: finish({ ...known, text }, nowMs, { gap: 'transcription_failed' }) };
    }
    const text = event.transcript ?? event.text;
    return { utterances: finish({ ...known, text: isSaid(text) ? text : '' }, nowMs) };
  }
  /** Unfinished words of an answer that is over become utterances. */
  function answered(given: unknown, nowMs: number): Heard {
    const response = fieldsOf(given);
    const isWhole = response.status === 'completed' || response.status === undefined;
    for (const part of spokenIn(response)) {
      if (part.text.length > (parts.get(part.id)?.text.length ?? 0)) parts.set(part.id, part);
    }
    const own = [...parts.values()].filter(({ responseId }) => responseId !== undefined && responseId === response.id);
    const meta = isWhole ? undefined : { interrupted: String(response.status) };
    return { utterances: own.flatMap((part) => finish(part, nowMs, meta)) };
  }
  function hear(event: ProviderEvent, nowMs: number): Heard {
    switch (event.type) {
      case 'input_audio_buffer.speech_started':
      case 'input_audio_buffer.committed': {
        begins(event.item_id, nowMs);
        const id = idOf(event.item_id);
        if (id !== undefined && !made.has(id) && awaited.size < itemsMax) awaited.add(id);
        return nothing;
      }
      case 'response.output_item.added':
      case 'conversation.item.added':
      case 'conversation.item.created': {
        const item = fieldsOf(event.item);
        const id = idOf(item.id);
        if (item.type === 'function_call' && id !== undefined && tools.size < itemsMax) tools.set(id, item);
        if (event.type === 'response.output_item.added') begins(id, nowMs);
        const typed = typedIn(item);
        if (typed !== undefined && id !== undefined)
          return { utterances: finish({ id, itemId: id, role: 'user', text: typed }, nowMs) };
        if (item.type !== 'function_call_output' || id === undefined) return nothing;
        const part: Part = { id, itemId: id, role: 'tool', text: textOf(item.output) ?? '' };
        return { utterances: finish(part, nowMs, some({ callId: item.call_id })) };
      }
      case 'response.done':
        return answered(event.response, nowMs);
      case 'conversation.item.truncated':
        return { utterances: unheard(event).flatMap((part) => finish(part, nowMs, truncation(event))) };
      case 'response.function_call_arguments.done': {
        const id = idOf(event.item_id);
        if (id === undefined) return nothing;
        const { name, call_id: callId } = { ...tools.get(id), ...event } as Record<string, unknown>;
        const part: Part = { id, itemId: id, role: 'tool', text: textOf(event.arguments) ?? '' };
        return { utterances: finish(part, nowMs, { ...some({ name, callId }) }) };
      }
    }
    const [, said = '', stage = ''] = wordsOf.exec(event.type) ?? [];
    const role = speakers[said];
    return role === undefined ? nothing : words(event, role, stage, nowMs);
  }
  return {
    hear,
    flush: (nowMs) => [
      ...[...parts.values()].flatMap((part) => finish(part, nowMs, { interrupted: 'call_ended' })),
      ...[...awaited].flatMap((id) =>
        finish({ id, itemId: id, role: 'user', text: marks.gap }, nowMs, { gap: 'call_ended' }),
      ),
    ],
  };
}

/** Longest text of which more is taken, in characters. */
const textMax = 1_000_000;

/** Words that a finished answer holds itself. */
function spokenIn(response: Readonly<Record<string, unknown>>): Part[] {
  const output = Array.isArray(response.output) ? response.output : [];
  return output.map(fieldsOf).flatMap((item) => {
    const itemId = idOf(item.id);
    const content = Array.isArray(item.content) ? item.content.map(fieldsOf) : [];
    if (itemId === undefined || item.role === 'user') return [];
    return content.flatMap(({ transcript, text }, index): Part[] => {
      const said = transcript ?? text;
      const responseId = textOf(response.id);
      return isSaid(said) ? [{ id: partId(itemId, index), itemId, role: 'assistant', text: said, responseId }] : [];
    });
  });
}

function unheard({ item_id, content_index }: ProviderEvent): Part[] {
  const itemId = idOf(item_id);
  if (itemId === undefined) return [];
  const id = `${partId(itemId, content_index)}~heard`;
  return [{ id, itemId: id, role: 'assistant', text: marks.unheard }];
}
const truncation = ({ item_id, content_index, audio_end_ms }: ProviderEvent) => ({
  truncates: partId(String(item_id), content_index),
  ...(typeof audio_end_ms === 'number' && { heardMs: audio_end_ms }),
});
const some = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'string'));
