import { fieldsOf, type ProviderEvent } from './event.ts';

export type CallState = 'listening' | 'speaking' | 'thinking';

/** What an event shows of who is at it in a call: `speech` is the visitor's or the agent's voice. */
export type Activity = Readonly<{ state: CallState; speech: boolean }>;

const activities: Readonly<Record<string, Activity>> = {
  'input_audio_buffer.speech_started': { state: 'listening', speech: true },
  'input_audio_buffer.speech_stopped': { state: 'thinking', speech: true },
  'input_audio_buffer.committed': { state: 'thinking', speech: true },
  'response.created': { state: 'thinking', speech: true },
  'output_audio_buffer.started': { state: 'speaking', speech: true },
  'output_audio_buffer.stopped': { state: 'listening', speech: true },
  'output_audio_buffer.cleared': { state: 'listening', speech: true },
  'response.done': { state: 'listening', speech: true },
  'session.input_transcript.delta': { state: 'listening', speech: true },
  'session.output_transcript.delta': { state: 'speaking', speech: true },
};

/** What an event shows of a call's life. Events of configuration and errors show none. */
export const activityOf = ({ type }: ProviderEvent): Activity | undefined => activities[type];

/** Whether an event shows that somebody is connected, though nobody says a word: sound is counted (Live API). */
export const showsConnection = (event: ProviderEvent): boolean =>
  event.type === 'session.usage.updated' && Number(fieldsOf(event.usage).seconds) > 0;
