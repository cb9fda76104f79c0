import { typedIn } from './heard.js';

/**
 * What an event of the provider means to the page.
 * @typedef {{ speaking?: 'visitor' | 'agent' | 'nobody', message?: { role: 'user' | 'assistant', text: string },
 *   used?: { id: string | undefined, usage: import('./usage.js').Usage | null | undefined } }} Meaning
 */

/** @param {any} event @returns {Meaning} */
export function meaningOf(event) {
  switch (event.type) {
    case 'input_audio_buffer.speech_started':
      return { speaking: 'visitor' };
    case 'output_audio_buffer.started':
      return { speaking: 'agent' };
    case 'input_audio_buffer.speech_stopped':
    case 'output_audio_buffer.stopped':
      return { speaking: 'nobody' };
    case 'conversation.item.input_audio_transcription.completed': {
      const used = { id: event.item_id, usage: event.usage };
      return { message: { role: 'user', text: event.transcript }, used };
    }
    case 'conversation.item.added':
    case 'conversation.item.created': {
      const text = typedIn(event.item);
      return text === undefined ? {} : { message: { role: 'user', text } };
    }
    case 'response.audio_transcript.done':
    case 'response.output_audio_transcript.done':
      return { message: { role: 'assistant', text: event.transcript } };
    case 'response.done':
      return { used: { id: event.response?.id, usage: event.response?.usage } };
  }
  return {};
}
