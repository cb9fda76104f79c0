import { describe, expect, it } from 'vitest';
import { meaningOf } from './meaning.js';

const written = 'conversation.item.input_audio_transcription.completed';

describe('an event of the provider', () => {
  it.each([
    [{ type: 'input_audio_buffer.speech_started' }, { speaking: 'visitor' }],
    [{ type: 'input_audio_buffer.speech_stopped' }, { speaking: 'nobody' }],
    [{ type: 'output_audio_buffer.started' }, { speaking: 'agent' }],
    [{ type: 'output_audio_buffer.stopped' }, { speaking: 'nobody' }],
    [
      { type: written, item_id: 'i1', transcript: 'Hello', usage: { seconds: 3 } },
      { message: { role: 'user', text: 'Hello' }, used: { id: 'i1', usage: { seconds: 3 } } },
    ],
    [{ type: 'response.audio_transcript.done', transcript: 'Hi' }, { message: { role: 'assistant', text: 'Hi' } }],
    [
      { type: 'response.output_audio_transcript.done', transcript: 'Hi' },
      { message: { role: 'assistant', text: 'Hi' } },
    ],
    [
      { type: 'response.done', response: { id: 'r1', usage: { input_tokens: 7 } } },
      { used: { id: 'r1', usage: { input_tokens: 7 } } },
    ],
    [{ type: 'response.done' }, { used: { id: undefined, usage: undefined } }],
    [{ type: 'rate_limits.updated' }, {}],
  ])('means to the page what it says: %j', (event, meaning) => {
    expect(meaningOf(event)).toEqual(meaning);
  });
});
