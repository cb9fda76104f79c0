import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../api.js';
import { turn } from '../brokered/stream.fixture.js';
import { words } from '../words/en.js';
import { say } from './say.js';
import { typingIn } from './typing.js';

/** A place to type in. @param {(text: string) => Promise<unknown>} say */
function opened(say) {
  /** @type {Record<string, (event: any) => unknown>} */
  const heard = {};
  const listening = {
    addEventListener: (/** @type {string} */ name, /** @type {(event: any) => unknown} */ act) =>
      void (heard[name] = act),
  };
  const field = { ...listening, value: '' };
  const notice = vi.fn();
  typingIn(/** @type {any} */ ({ form: listening, field }), { say, notice });
  return {
    field,
    notice,
    async send(/** @type {string} */ text) {
      field.value = text;
      heard.submit?.({ preventDefault() {} });
      await turn();
    },
    press(/** @type {string} */ key) {
      const stopPropagation = vi.fn();
      heard.keydown?.({ key, stopPropagation });
      return stopPropagation.mock.calls.length > 0;
    },
  };
}

describe('what a visitor types', () => {
  it('is sent without white space around it, once, and leaves its place', async () => {
    const said = vi.fn(async () => undefined);
    const { field, notice, send } = opened(said);
    await send('  Hello \n');
    await send('   ');
    expect(said.mock.calls).toEqual([['Hello']]);
    expect([field.value, notice.mock.calls]).toEqual(['   ', []]);
  });
  it('stays where it could not be sent, with the reason, until it is', async () => {
    const said = vi.fn(async () => undefined);
    said.mockRejectedValueOnce(new Refusal('Too many.', { code: 'RATE_LIMIT_EXCEEDED' }));
    said.mockRejectedValueOnce(new DOMException('closed', 'InvalidStateError'));
    const { field, notice, send } = opened(said);
    for (let n = 0; n < 3; n += 1) {
      await send('Hello');
      expect(field.value).toBe(n < 2 ? 'Hello' : '');
    }
    expect(notice.mock.calls).toEqual([['Too many.'], [words.notSent], [undefined]]);
  });
  it('is taken back by Escape, which then reaches nothing else', async () => {
    const { field, press } = opened(async () => undefined);
    field.value = 'Hel';
    expect([press('l'), field.value]).toEqual([false, 'Hel']);
    expect([press('Escape'), field.value]).toEqual([true, '']);
    expect(press('Escape')).toBe(false);
  });
  it('goes over the data channel in a direct call, as words of the visitor that want an answer', async () => {
    const send = vi.fn();
    await say({ sm_session_id: 's', session_token: 't', heartbeatSeconds: 45, transcripts: true }, 'Hello', send);
    expect(send.mock.calls.map(([{ type }]) => type)).toEqual([
      ...['response.cancel', 'output_audio_buffer.clear', 'conversation.item.create', 'response.create'],
    ]);
    expect(send.mock.calls[2]?.[0].item).toEqual({
      ...{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] },
    });
  });
});
