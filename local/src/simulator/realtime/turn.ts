import { randomBytes } from 'node:crypto';
import { type Event, inManner, type Manner } from './manner.ts';

/** Tokens that one turn uses, as the provider would count them. */
export type TurnUsage = Readonly<{
  textIn: number;
  audioIn: number;
  cachedIn: number;
  textOut: number;
  audioOut: number;
}>;

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
export type Turn = Readonly<{ turn: number; usage: TurnUsage; script: Script; transcribed: boolean }>;

const id = (kind: string): string => `${kind}_${randomBytes(8).toString('hex')}`;

const inputUsage = ({ textIn, audioIn, cachedIn }: TurnUsage) => ({
  text_tokens: textIn,
  audio_tokens: audioIn,
  cached_tokens: cachedIn,
  cached_tokens_details: { text_tokens: cachedIn, audio_tokens: 0 },
});

/** The server events of one turn, in the provider's order: the visitor speaks, the agent answers. */
export function eventsOfTurn({ turn, usage, script, transcribed }: Turn): readonly Event[] {
  const { heard, said, manners = [] } = script;
  const answerId = id('item');
  const itemId = id('item');
  const responseId = id('resp');
  const output = { text_tokens: usage.textOut, audio_tokens: usage.audioOut };
  const inputTokens = usage.textIn + usage.audioIn;
  const outputTokens = usage.textOut + usage.audioOut;
  const counted = {
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    input_token_details: inputUsage(usage),
    output_token_details: output,
  };
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
      response: { id: responseId, object: 'realtime.response', status: 'completed', output: [], usage: counted },
    },
    { type: 'output_audio_buffer.stopped', response_id: responseId },
  ];
  const come = inManner(manners[turn % manners.length] ?? 'whole', events);
  return come.map((event) => ({ event_id: id('event'), ...event }));
}
