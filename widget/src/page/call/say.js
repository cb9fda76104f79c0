import { ask } from '../api.js';

/**
 * Sends typed words of the visitor to the agent, which answers them as it answers spoken ones: over the server in a
 * brokered call, over the data channel in a direct one. Throws Refusal, or another error, when they were not sent.
 * @param {import('./request.js').Grant} grant
 * @param {string} text
 * @param {(event: object) => void} send sends an event to the provider
 */
export async function say({ answer, sm_session_id, session_token: token }, text, send) {
  if (answer !== undefined) return void (await ask('/api/session/say', { token, body: { sm_session_id, text } }));
  const content = [{ type: 'input_text', text }];
  // Typed words interrupt the agent as spoken ones do. Where it says nothing the provider refuses the first alone.
  send({ type: 'response.cancel' });
  send({ type: 'output_audio_buffer.clear' });
  send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
  send({ type: 'response.create' });
}
