import { afterEach, expect, it, vi } from 'vitest';
import { startCall } from './call.js';

const grant = { sm_session_id: 's1', session_token: 't1', heartbeatSeconds: 45, transcripts: true };
const line = vi.hoisted(() => ({ onEvent: (/** @type {object} */ _event) => {}, said: /** @type {any[]} */ ([]) }));
vi.mock('../api.js', async (original) => ({
  .../** @type {object} */ (await original()),
  ask: async () => ({ ...grant, client_secret: { value: 'secret' } }),
  deliver: async (/** @type {string} */ path, /** @type {any} */ { body }) =>
    void line.said.push([path, body.responseId]),
}));
vi.mock('../direct/connection.js', () => ({
  openMicrophone: async () => ({ getTracks: () => [] }),
  connect: async (/** @type {any} */ { onEvent }) => {
    line.onEvent = onEvent;
    return { silence() {}, close() {} };
  },
}));
vi.mock('../proof.js', () => ({ prove: async () => undefined }));
vi.mock('../direct/transcript.js', () => ({
  transcriptOf: () => ({ hear() {}, awaits: () => true, finish: async () => {}, online() {}, leave() {} }),
}));
afterEach(() => vi.unstubAllGlobals());

it('a call reports the usage of a response that ends after the visitor hung up', async () => {
  const nothing = () => undefined;
  vi.stubGlobal('window', { addEventListener: nothing, removeEventListener: nothing });
  vi.stubGlobal('navigator', { sendBeacon: () => true });
  const shown = ['state', 'speaking', 'endsAt', 'notice', 'demand', 'agreed', 'kept', 'tell'];
  const view = /** @type {any} */ (Object.fromEntries(shown.map((name) => [name, nothing])));
  const renew = async () => ({ widgetSessionToken: 'w', consent: [] });
  const voice = /** @type {any} */ ({});
  const call = startCall({ renew, agentId: undefined, provider: 'https://provider.example', voice, view });
  const before = line.onEvent;
  await vi.waitFor(() => expect(line.onEvent).not.toBe(before));
  call.hangUp();
  await call.over;
  line.onEvent({ type: 'response.done', response: { id: 'r1', usage: { input_tokens: 7, output_tokens: 9 } } });
  const item = { item_id: 'i1', usage: { type: 'duration', seconds: 3 } };
  line.onEvent({ type: 'conversation.item.input_audio_transcription.completed', ...item });
  expect(line.said).toEqual([
    ['/api/usage/report', 'r1'],
    ['/api/usage/report', 'i1'],
  ]);
});
