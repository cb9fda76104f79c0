import { z } from 'zod';
import type { Event } from '../calls/protocol.ts';

/**
 * How the words of a turn come, as providers really send them:
 * - `whole`: complete and by today's names; `older`: by the names of before;
 * - `streamed`: both sides come in deltas first, and then whole;
 * - `interrupted`: the answer comes in deltas and ends early; `truncated`: it comes whole and was heard in part;
 * - `failed`, `late`, `empty`: the transcription fails, comes late or says nothing;
 * - `broken`: the transcription ends in the middle of a character.
 */
export const Manner = z.enum([
  'whole',
  'older',
  'streamed',
  'interrupted',
  'truncated',
  'failed',
  'late',
  'broken',
  'empty',
]);
export type Manner = z.infer<typeof Manner>;

const heard = 'conversation.item.input_audio_transcription.completed';
const said = 'response.output_audio_transcript.done';
const lateMs = 700;
const heardMs = 400;
const half = '\ud83d';

/** The words of an event, one by one. */
function deltasOf({ transcript, usage: _once, ...rest }: Event): readonly Event[] {
  const type = rest.type.replace(/\.\w+$/, '.delta');
  return String(transcript)
    .split(/(?<= )/)
    .map((delta) => ({ ...rest, type, delta }));
}

const streamed = (event: Event): readonly Event[] =>
  event.type === heard || event.type === said ? [...deltasOf(event), event] : [event];

/** The visitor spoke into the answer. Its first words came in pieces, and its end says that it was cut off. */
function interrupted(event: Event): readonly Event[] {
  if (event.type === said) return deltasOf(event).slice(0, -1);
  if (event.type !== 'response.done') return [event];
  const details = { type: 'cancelled', reason: 'turn_detected' };
  return [{ ...event, response: { ...(event.response as object), status: 'cancelled', status_details: details } }];
}

/** The visitor heard a part of the answer. */
function truncated(event: Event): readonly Event[] {
  if (event.type !== said) return [event];
  const { item_id, response_id } = event;
  return [
    event,
    { type: 'output_audio_buffer.cleared', response_id },
    { type: 'conversation.item.truncated', item_id, content_index: 0, audio_end_ms: heardMs },
  ];
}

const failure = { type: 'server_error', code: 'audio_unintelligible', message: 'The audio could not be transcribed.' };
function failed(event: Event): readonly Event[] {
  if (event.type !== heard) return [event];
  const { transcript: _none, usage: _free, ...rest } = event;
  return [{ ...rest, type: 'conversation.item.input_audio_transcription.failed', error: failure }];
}

const only =
  (type: string, over: (event: Event) => object) =>
  (event: Event): readonly Event[] => [event.type === type ? { ...event, ...over(event) } : event];

const manners: Readonly<Record<Manner, (event: Event) => readonly Event[]>> = {
  whole: (event) => [event],
  older: only(said, () => ({ type: 'response.audio_transcript.done' })),
  streamed,
  interrupted,
  truncated,
  failed,
  late: only(heard, () => ({ afterMs: lateMs })),
  broken: only(heard, ({ transcript }) => ({ transcript: `${String(transcript)}${half}` })),
  empty: only(heard, () => ({ transcript: ' ' })),
};

export const inManner = (manner: Manner, events: readonly Event[]): readonly Event[] => events.flatMap(manners[manner]);
