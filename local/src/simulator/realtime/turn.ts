import { type Event, newId } from '../calls/protocol.ts';
import { inManner, type Manner } from './manner.ts';
import { responseUsage, type TranscriptionUsage, type TurnUsage, transcriptionUsage } from './usage.ts';

/** What both sides say, and the manner in which it comes. After the last turn it begins again. */
export type Script = Readonly<{
  heard: readonly string[];
  said: readonly string[];
  manners?: readonly Manner[] | undefined;
}>;

export const someScript: Script = {
  heard: ['Hello, can you hear me?', 'What are your opening hours?', 'Thank you, that helps.'],
  said: ['Yes, loud and clear.', 'We are open from nine to five.', 'You are welcome. Anything else?'],
};

/** One turn of a conversation. The visitor's words are transcribed only where the session asks for it. */
export type Turn = Readonly<{
  turn: number;
  usage: TurnUsage;
  script: Script;
  transcribed: boolean;
  /** What the transcription uses. Left out, its event does not tell. */
  transcription?: TranscriptionUsage | undefined;
}>;

/** The server events of one turn, in the provider's order: the visitor speaks, the agent answers. */
export function eventsOfTurn({ turn, usage, script, transcribed, transcription }: Turn): readonly Event[] {
  const { heard, said, manners = [] } = script;
  const [answerId, itemId, responseId] = [newId('item'), newId('item'), newId('resp')];
  const events: readonly Event[] = [
    { type: 'input_audio_buffer.speech_started', item_id: itemId, audio_start_ms: 0 },
    { type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: 800 },
    { type: 'response.created', response: { id: responseId, object: 'realtime.response', status: 'in_progress' } },
    {
      type: 'response.output_item.added',
      response_id: responseId,
      output_index: 0,
      item: { id: answerId, type: 'message' },
    },
    { type: 'output_audio_buffer.started', response_id: responseId },
    // The transcription runs beside the answer, and often ends after the answer has begun.
    ...(transcribed
      ? [
          {
            type: 'conversation.item.input_audio_transcription.completed',
            item_id: itemId,
            content_index: 0,
            transcript: heard[turn % heard.length],
            ...(transcription && { usage: transcriptionUsage(transcription) }),
          },
        ]
      : []),
    {
      type: 'response.output_audio_transcript.done',
      response_id: responseId,
      item_id: answerId,
      output_index: 0,
      content_index: 0,
      transcript: said[turn % said.length],
    },
    {
      type: 'response.done',
      response: {
        id: responseId,
        object: 'realtime.response',
        status: 'completed',
        output: [],
        usage: responseUsage(usage),
      },
    },
    { type: 'output_audio_buffer.stopped', response_id: responseId },
  ];
  const come = inManner(manners[turn % manners.length] ?? 'whole', events);
  return come.map((event) => ({ event_id: newId('event'), ...event }));
}
