import { describe, expect, it } from 'vitest';
import { Refusal } from '../api.js';
import { transcriptOf } from './transcript.js';

const heard = (/** @type {string} */ id, /** @type {string} */ transcript, over = {}) => ({
  type: 'conversation.item.input_audio_transcription.completed',
  item_id: id,
  content_index: 0,
  transcript,
  ...over,
});
const said = (/** @type {string} */ id, /** @type {string} */ transcript) => ({
  type: 'response.output_audio_transcript.done',
  item_id: id,
  content_index: 0,
  transcript,
});

/** A transcript before a server that gives these answers, one a request, and then takes all. */
function call(
  /** @type {readonly (Refusal | 'ok')[]} */ answers = [],
  isEndless = (/** @type {number} */ _pauses) => false,
) {
  /** @type {{ path: string, body: any }[]} */
  const asked = [];
  /** @type {{ path: string, body: any }[]} */
  const handed = [];
  /** @type {number[]} */
  const pauses = [];
  let nowMs = 1_000;
  const left = [...answers];
  const transcript = transcriptOf({
    sessionId: 's',
    token: 't',
    now: () => nowMs++,
    ask: async (path, { body }) => {
      asked.push({ path, body });
      const answer = left.shift();
      if (answer instanceof Refusal) throw answer;
      return {};
    },
    beacon: (path, text) => {
      if (text.length > 65_536) return false;
      handed.push({ path, body: JSON.parse(text) });
      return true;
    },
    pause: async (ms) => {
      pauses.push(ms);
      if (isEndless(pauses.length)) await new Promise(() => undefined);
      await new Promise((resolve) => setImmediate(resolve));
    },
  });
  const texts = () => asked.map(({ body }) => (body.messages ?? []).map((/** @type {any} */ each) => each.text));
  return { transcript, asked, handed, pauses, texts };
}
const away = new Refusal('away');
const refused = (/** @type {number} */ status) => new Refusal('no', { status });

describe('the transcript of a call', () => {
  it('is sent at once when there is a connection again, but no sooner than a server asked for', async () => {
    // The first wait gathers words. The next one would last for ever.
    const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
    for (const [answer, sent] of /** @type {const} */ ([
      [away, 2],
      [refused(503), 1],
    ])) {
      const { transcript, texts } = call([answer], (pauses) => pauses === 2);
      transcript.hear(heard('item_1', 'hello'));
      await turn();
      expect(texts()).toEqual([['hello']]);
      transcript.online();
      await turn();
      expect(texts()).toEqual(Array(sent).fill(['hello']));
      // There was nothing to wait for.
      transcript.online();
    }
  });
  it('has both sides with the provider’s ids in one batch, and is final at the end', async () => {
    const { transcript, asked } = call();
    transcript.hear(heard('item_1', 'hello'));
    transcript.hear(said('item_2', 'hi'));
    transcript.hear({
      ...{ type: 'response.function_call_arguments.done', item_id: 'item_3', call_id: 'call_1' },
      ...{ name: 'book', arguments: '{"day":"monday"}' },
    });
    transcript.hear({ type: 'response.done', response: {} });
    await transcript.finish();
    expect(asked).toEqual([
      {
        path: '/api/transcripts/append',
        body: {
          sm_session_id: 's',
          messages: [
            { id: 'item_1', role: 'user', text: 'hello', ts: 1_000 },
            { id: 'item_2', role: 'assistant', text: 'hi', ts: 1_001 },
            {
              id: 'item_3',
              role: 'tool',
              text: '{"day":"monday"}',
              meta: { name: 'book', callId: 'call_1' },
              ts: 1_002,
            },
          ],
        },
      },
      { path: '/api/transcripts/finalize', body: { sm_session_id: 's' } },
    ]);
  });
  it('dates a visitor’s words from their first sound, though the answer began before they came', async () => {
    const { transcript, asked } = call();
    transcript.hear({ type: 'input_audio_buffer.speech_started', item_id: 'item_1' });
    transcript.hear({ type: 'response.output_item.added', item: { id: 'item_2' } });
    transcript.hear(said('item_2', 'hi'));
    transcript.hear(heard('item_1', 'hello'));
    await transcript.finish();
    const at = asked[0]?.body.messages.map((/** @type {any} */ { text, ts }) => [ts, text]);
    expect(at.sort()).toEqual([
      [1_000, 'hello'],
      [1_001, 'hi'],
    ]);
  });
  it('keeps one batch until the server takes it, waits longer each time, and loses nothing meanwhile', async () => {
    const busy = new Refusal('busy', { status: 503, retryAfterSeconds: 7 });
    const { transcript, pauses, texts } = call([away, away, busy]);
    transcript.hear(heard('1', 'one'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    transcript.hear(heard('2', 'two'));
    await transcript.finish();
    const sent = texts();
    expect(sent.slice(0, 4)).toEqual([['one'], ['one'], ['one'], ['one']]);
    expect(sent.flat().filter((text) => text === 'two')).toHaveLength(1);
    expect(Math.max(...pauses)).toBe(7_000);
  });
  it('is cut into batches and messages that the server takes', async () => {
    const { transcript, asked } = call();
    for (let n = 0; n < 260; n += 1) transcript.hear(heard(`m${n}`, 'x'.repeat(400)));
    transcript.hear(heard('long', 'y'.repeat(40_000)));
    await transcript.finish();
    const batches = asked.slice(0, -1).map(({ body }) => body);
    expect(batches.length).toBeGreaterThan(2);
    for (const body of batches) {
      expect(body.messages.length).toBeLessThanOrEqual(100);
      expect(JSON.stringify(body).length).toBeLessThan(65_536);
    }
    const all = batches.flatMap(({ messages }) => messages);
    expect(new Set(all.map(({ id }) => id)).size).toBe(263);
    expect(all.filter(({ id }) => id.startsWith('long')).map(({ text }) => text.length)).toEqual([
      16_000, 16_000, 8_000,
    ]);
  });
  it('goes on behind a batch that is refused for what it says, and is then never final', async () => {
    const { transcript, asked, texts } = call([refused(400)]);
    transcript.hear(heard('1', 'one'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    transcript.hear(heard('2', 'two'));
    await transcript.finish();
    expect(texts()).toEqual([['one'], ['two']]);
    expect(asked.some(({ path }) => path.includes('finalize'))).toBe(false);
  });
  it.each([401, 403, 404])('sends nothing more of a call that answers %i', async (status) => {
    const { transcript, asked } = call([refused(status)]);
    transcript.hear(heard('1', 'one'));
    await transcript.finish();
    expect(asked).toHaveLength(1);
  });
  it('stops, and says nothing of it, when the server hears the words itself', async () => {
    const { transcript, asked, handed } = call([new Refusal('no', { status: 409, code: 'HEARD_BY_SERVER' })]);
    transcript.hear(heard('1', 'one'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    transcript.hear(heard('2', 'two'));
    transcript.leave();
    await transcript.finish();
    expect([asked.map(({ path }) => path), handed]).toEqual([['/api/transcripts/append'], []]);
  });
  it('is handed to the browser when the page goes away, as far as the browser takes it', () => {
    const { transcript, handed } = call();
    transcript.hear(heard('1', 'one'));
    transcript.hear(said('2', 'two'));
    transcript.leave();
    expect(handed).toEqual([
      {
        path: '/api/transcripts/append',
        body: { sm_session_id: 's', authToken: 't', messages: [expect.anything(), expect.anything()] },
      },
      { path: '/api/transcripts/finalize', body: { sm_session_id: 's', authToken: 't' } },
    ]);
    const long = call();
    for (let n = 0; n < 300; n += 1) long.transcript.hear(heard(`m${n}`, 'x'.repeat(400)));
    long.transcript.leave();
    expect(long.handed.every(({ path }) => path.includes('append'))).toBe(true);
    expect(long.handed.reduce((sum, { body }) => sum + JSON.stringify(body).length, 0)).toBeLessThan(65_536);
  });
  it('is bounded while nobody takes it, and is not sent once the visitor does not want it kept', async () => {
    const { transcript, handed, asked } = call();
    for (let n = 0; n < 2_100; n += 1) transcript.hear(heard(`m${n}`, 'x'));
    transcript.drop();
    transcript.leave();
    await transcript.finish();
    expect([...handed, ...asked]).toEqual([]);
  });
});
