import { type Event, newId } from '../calls/protocol.ts';
import { inManner, type Manner } from './manner.ts';
import type { ScriptedCall } from './scripted-call.ts';
import { responseUsage, type TranscriptionUsage, type TurnUsage, transcriptionUsage } from './usage.ts';

/** What both sides say, and the manner in which it comes. After the last turn it begins again. */
export type Script = Readonly<{
  heard: readonly string[];
  said: readonly string[];
  manners?: readonly Manner[] | undefined;
  /** Functions that the agent calls. */
  calls?: readonly ScriptedCall[] | undefined;
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

/** The words of the visitor in a turn. */
export const heardIn = ({ heard }: Pick<Script, 'heard'>, turn: number): string => heard[turn % heard.length] ?? '';

const spoken = (itemId: string): readonly Event[] => [
  { type: 'input_audio_buffer.speech_started', item_id: itemId, audio_start_ms: 0 },
  { type: 'input_audio_buffer.speech_stopped', item_id: itemId, audio_end_ms: 800 },
];

const transcript = (itemId: string, words: string, usage: TranscriptionUsage | undefined): Event => ({
  type: 'conversation.item.input_audio_transcription.completed',
  ...{ item_id: itemId, content_index: 0, transcript: words },
  ...(usage && { usage: transcriptionUsage(usage) }),
});

/** The visitor speaks, and the agent does not answer with words. */
export function eventsOfVisitor({ turn, script, transcribed, transcription }: Omit<Turn, 'usage'>): readonly Event[] {
  const itemId = newId('item');
  const words = transcript(itemId, heardIn(script, turn), transcription);
  return withIds([...spoken(itemId), ...(transcribed ? [words] : [])]);
}

/** The agent says something, and nobody said anything before. */
export const eventsOfAnswer = (words: string, usage: TurnUsage): readonly Event[] =>
  eventsOfTurn({ turn: 0, usage, script: { heard: [''], said: [words] }, transcribed: false }).filter(
    ({ type }) => !type.startsWith('input_audio_buffer.'),
  );

const withIds = (events: readonly Event[]): readonly Event[] =>
  events.map((event) => ({ event_id: newId('event'), ...event }));

/** The server events of one turn, in the provider's order: the visitor speaks, the agent answers. */
export function eventsOfTurn({ turn, usage, script, transcribed, transcription }: Turn): readonly Event[] {
  const { said, manners = [] } = script;
  const [answerId, itemId, responseId] = [newId('item'), newId('item'), newId('resp')];
  const events: readonly Event[] = [
    ...spoken(itemId),
    { type: 'response.created', response: { id: responseId, object: 'realtime.response', status: 'in_progress' } },
    {
      type: 'response.output_item.added',
      response_id: responseId,
      output_index: 0,
      item: { id: answerId, type: 'message' },
    },
    { type: 'output_audio_buffer.started', response_id: responseId },
    // The transcription runs beside the answer, and often ends after the answer has begun.
    ...(transcribed ? [transcript(itemId, heardIn(script, turn), transcription)] : []),
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
  return withIds(inManner(manners[turn % manners.length] ?? 'whole', events));
}
