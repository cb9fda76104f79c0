import type { Conversation, Heard, Speaker, Utterance } from './conversation.ts';
import { idOf, type ProviderEvent, textOf } from './event.ts';

/** Words of one side that are still being said. `endMs` is of the provider's own timeline. */
type Part = Readonly<{ id: string; text: string; atMs: number; endMs: number }>;

const speakers: Readonly<Record<string, Speaker>> = {
  'session.input_transcript.delta': 'user',
  'session.output_transcript.delta': 'assistant',
};
/** Somebody who is silent for so long has said what there was to say. */
const pauseMs = 1_200;
/** Nobody says more without a pause. */
const textMax = 4_000;
/** So many events are known again when they come twice. */
const seenMax = 1_000;
const nothing: Heard = { utterances: [] };

const msOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/**
 * Makes utterances of a Live session's words. They come as deltas, both sides at once, and no event ends them: words
 * end when the same side goes on after a pause, or when the other side answers. Only the times that the provider gives
 * decide that, so that two copies that hear the same make the same.
 */
export function liveConversation(): Conversation {
  const parts = new Map<Speaker, Part>();
  let latestMs = 0;

  const seen = new Set<string>();
  const latestIds = new Map<Speaker, string>();

  function isRepeated(event: ProviderEvent): boolean {
    const id = idOf(event.event_id);
    if (id === undefined || seen.has(id)) return id !== undefined;
    seen.add(id);
    const [oldest = ''] = seen;
    if (seen.size > seenMax) seen.delete(oldest);
    return false;
  }
  function finished(role: Speaker): Utterance[] {
    const part = parts.get(role);
    parts.delete(role);
    if (part === undefined || part.text.trim() === '') return [];
    return [{ id: part.id, role, text: part.text.trim().toWellFormed(), atMs: part.atMs }];
  }
  /** By when it began. Of two that began at once the second one bears a mark. */
  function newId(role: Speaker, startMs: number): string {
    const id = `live:${role}:${startMs}`;
    const before = latestIds.get(role) ?? '';
    const isAnother = before.startsWith(id) && before.slice(id.length).replaceAll("'", '') === '';
    const own = isAnother ? `${before}'` : id;
    latestIds.set(role, own);
    return own;
  }
  /** Now, and always later than before: the order is kept within one millisecond too. */
  const moment = (nowMs: number): number => {
    latestMs = Math.max(nowMs, latestMs + 1);
    return latestMs;
  };
  /** The utterances that are over once a side goes on at a moment. */
  function overBy(role: Speaker, startMs: number): Utterance[] {
    const own = parts.get(role);
    const isOver = own !== undefined && (startMs - own.endMs > pauseMs || own.text.length > textMax);
    const ownOver = isOver ? finished(role) : [];
    const other = role === 'user' ? 'assistant' : 'user';
    // What the other side had said when this side began is answered.
    const isAnswered = !parts.has(role) && (parts.get(other)?.endMs ?? Number.POSITIVE_INFINITY) <= startMs;
    return [...ownOver, ...(isAnswered ? finished(other) : [])];
  }
  return {
    hear(event: ProviderEvent, nowMs: number): Heard {
      const role = speakers[event.type];
      const [delta, startMs] = [textOf(event.delta), msOf(event.start_ms)];
      if (role === undefined || delta === undefined || startMs === undefined || isRepeated(event)) return nothing;
      const utterances = overBy(role, startMs);
      const known = parts.get(role) ?? { id: newId(role, startMs), text: '', atMs: moment(nowMs), endMs: startMs };
      const part = {
        ...known,
        text: known.text + delta,
        endMs: Math.max(known.endMs, startMs, msOf(event.end_ms) ?? 0),
      };
      parts.set(role, part);
      return { utterances, progress: { id: part.id, role, text: part.text.toWellFormed() } };
    },
    flush: () => [...parts.keys()].flatMap(finished),
  };
}
