import { wholeCharacters } from './cut.js';

/**
 * One message as the server takes it.
 * @typedef {{ id: string, role: 'user' | 'assistant' | 'tool', text: string, ts: number,
 *   meta?: Record<string, unknown> }} Message
 * @typedef {{ id: string, itemId: string, role: Message['role'], text: string, responseId?: string }} Part
 */

/** What a reader finds in a transcript where words are missing. */
export const marks = { gap: '[not transcribed]', unheard: '[interrupted: the rest was not heard]' };

/**
 * Who says the words of an event, by its name today and by its name before the interface was final.
 * @type {Readonly<Record<string, Message['role']>>}
 */
const speakers = {
  'conversation.item.input_audio_transcription': 'user',
  'response.output_audio_transcript': 'assistant',
  'response.audio_transcript': 'assistant',
  'response.output_text': 'assistant',
  'response.text': 'assistant',
};
const wordsOf = /^(.+)\.(delta|done|completed|failed)$/;

/** @param {any} event @param {unknown} index */
const idOf = (event, index) => (Number(index) > 0 ? `${event.item_id}.${Number(index)}` : String(event.item_id));

/**
 * The words of an item of the conversation that the visitor typed, or `undefined` of any other. What it speaks has an
 * item too, and is written down later, in an event of its own.
 * @param {any} item
 */
export function typedIn(item) {
  if (item?.type !== 'message' || item.role !== 'user' || !Array.isArray(item.content)) return undefined;
  const texts = item.content.flatMap((/** @type {any} */ part) => (part?.type === 'input_text' ? [part.text] : []));
  const typed = texts.filter(isSaid).join('\n');
  return typed === '' ? undefined : typed;
}

/** Whether a text has words. @param {unknown} text @returns {text is string} */
const isSaid = (text) => typeof text === 'string' && text.trim() !== '';

/**
 * Makes messages of a provider's events. Words become one message: as they were finished, or with a mark as far as they
 * came.
 * @param {() => number} now
 */
export function listener(now) {
  /** When an item began: a visitor's words come after the start of the answer. @type {Map<string, number>} */
  const beganAt = new Map();
  /** Names of tools, which may come before their arguments. @type {Map<string, { name?: string, call_id?: string }>} */
  const tools = new Map();
  /** Words that come one by one and are not finished. @type {Map<string, Part>} */
  const parts = new Map();
  /** What the visitor said and is not transcribed yet. @type {Set<string>} */
  const awaited = new Set();
  /** What became a message. @type {Set<string>} */
  const made = new Set();

  let latestMs = 0;
  /** Now, and always later than before: the order is kept within one millisecond too. */
  const moment = () => {
    latestMs = Math.max(now(), latestMs + 1);
    return latestMs;
  };

  /** @param {string} itemId */
  function begins(itemId) {
    if (typeof itemId === 'string' && !beganAt.has(itemId)) beganAt.set(itemId, moment());
  }

  /** @param {Part} part @param {Record<string, unknown>} [meta] @returns {Message[]} */
  function finish({ id, itemId, role, text }, meta) {
    parts.delete(id);
    if (role === 'user') awaited.delete(itemId);
    if (made.has(id)) return [];
    made.add(id);
    const ts = beganAt.get(itemId) ?? moment();
    return isSaid(text) ? [{ id, role, text: wholeCharacters(text), ts, ...(meta && { meta }) }] : [];
  }

  /** @param {any} event @param {Message['role']} role @param {string} stage @returns {Message[]} */
  function words(event, role, stage) {
    const id = idOf(event, event.content_index);
    const known = parts.get(id) ?? { id, itemId: event.item_id, role, text: '', responseId: event.response_id };
    if (stage === 'delta') {
      begins(event.item_id);
      if (typeof event.delta === 'string' && !made.has(id)) parts.set(id, { ...known, text: known.text + event.delta });
      return [];
    }
    if (stage === 'failed')
      return finish({ ...known, text: `${known.text} ${marks.gap}`.trim() }, { gap: 'transcription_failed' });
    const text = event.transcript ?? event.text;
    return finish({ ...known, text: isSaid(text) ? text : '' });
  }

  /** Unfinished words of an answer that is over become messages. @param {any} response @returns {Message[]} */
  function answered(response) {
    const isWhole = response?.status === 'completed' || response?.status === undefined;
    const meta = isWhole ? undefined : { interrupted: String(response.status) };
    for (const item of response?.output ?? [])
      for (const [index, { transcript, text }] of (item?.content ?? []).entries()) {
        const id = idOf({ item_id: item.id }, index);
        const known = parts.get(id)?.text ?? '';
        const said = transcript ?? text;
        if (item.role !== 'user' && isSaid(said) && said.length > known.length)
          parts.set(id, { id, itemId: item.id, role: 'assistant', text: said, responseId: response.id });
      }
    return [...parts.values()].filter((part) => part.responseId === response?.id).flatMap((part) => finish(part, meta));
  }

  /** @param {any} event @returns {Message[]} */
  function truncated(event) {
    const truncates = idOf(event, event.content_index);
    const mark = { id: `${truncates}~heard`, itemId: `${truncates}~heard`, text: marks.unheard };
    return finish({ ...mark, role: 'assistant' }, { truncates, heardMs: event.audio_end_ms });
  }

  /** @param {any} item @returns {Message[]} */
  function typed(item) {
    const text = typedIn(item);
    if (text === undefined || typeof item.id !== 'string') return [];
    return finish({ id: item.id, itemId: item.id, role: 'user', text });
  }

  /** @param {any} event @returns {Message[]} */
  function hear(event) {
    switch (event.type) {
      case 'input_audio_buffer.speech_started':
      case 'input_audio_buffer.committed':
        begins(event.item_id);
        if (!made.has(event.item_id)) awaited.add(event.item_id);
        return [];
      case 'response.output_item.added':
      case 'conversation.item.added':
      case 'conversation.item.created':
        if (event.item?.type === 'function_call') tools.set(event.item.id, event.item);
        if (event.type === 'response.output_item.added') begins(event.item?.id);
        return typed(event.item);
      case 'response.done':
        return answered(event.response);
    }
    if (typeof event.item_id !== 'string') return [];
    if (event.type === 'conversation.item.truncated') return truncated(event);
    if (event.type === 'response.function_call_arguments.done') {
      const { name, call_id: callId } = { ...tools.get(event.item_id), ...event };
      return finish(
        { id: event.item_id, itemId: event.item_id, role: 'tool', text: event.arguments },
        { name, callId },
      );
    }
    const [, said = '', stage = ''] = wordsOf.exec(event.type) ?? [];
    const role = speakers[said];
    return role === undefined ? [] : words(event, role, stage);
  }

  return {
    hear,
    /** Whether the provider is still transcribing something. */
    awaits: () => awaited.size > 0,
    /** Nothing more will come: unfinished words become messages as far as they came. @returns {Message[]} */
    flush: () => [
      ...[...parts.values()].flatMap((part) => finish(part, { interrupted: 'call_ended' })),
      ...[...awaited].flatMap((id) => finish({ id, itemId: id, role: 'user', text: marks.gap }, { gap: 'call_ended' })),
    ],
  };
}
