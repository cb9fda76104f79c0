import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listener, marks } from './heard.js';

const user = (/** @type {string} */ stage, /** @type {object} */ over) => ({
  ...{ type: `conversation.item.input_audio_transcription.${stage}`, item_id: 'item_u', content_index: 0 },
  ...over,
});
const agent = (/** @type {string} */ name, /** @type {object} */ over) => ({
  ...{ type: `response.${name}`, response_id: 'resp_1', item_id: 'item_a', content_index: 0 },
  ...over,
});
const done = (/** @type {string} */ status, output = /** @type {any[]} */ ([])) => ({
  type: 'response.done',
  response: { id: 'resp_1', status, output },
});
const begins = { type: 'input_audio_buffer.speech_started', item_id: 'item_u' };

/** What becomes of events, and of their end where `ends`. @param {readonly any[]} events */
function told(events, ends = false) {
  let at = 0;
  const heard = listener(() => at++);
  const messages = events.flatMap((event) => heard.hear(event));
  return [...messages, ...(ends ? heard.flush() : [])].map(({ ts: _ts, ...message }) => message);
}

describe('a message of the transcript', () => {
  it.each([
    ['response.output_audio_transcript.done', { transcript: 'hello' }],
    ['response.audio_transcript.done', { transcript: 'hello' }],
    ['response.output_text.done', { text: 'hello' }],
    ['response.text.done', { text: 'hello' }],
  ])('is the agent’s words by the name of %s', (type, said) => {
    expect(told([agent('', { type, ...said })])).toEqual([{ id: 'item_a', role: 'assistant', text: 'hello' }]);
  });
  it('is made once, however often and under how many names its words come', () => {
    const both = [
      agent('audio_transcript.done', { transcript: 'hello' }),
      agent('output_audio_transcript.done', { transcript: 'hello' }),
      agent('output_text.delta', { delta: 'hello' }),
      done('completed', [{ id: 'item_a', role: 'assistant', content: [{ transcript: 'hello' }] }]),
    ];
    expect(told(both, true)).toEqual([{ id: 'item_a', role: 'assistant', text: 'hello' }]);
  });
  it('has a mark where its answer was interrupted, and the words as far as they came', () => {
    const deltas = [
      agent('output_audio_transcript.delta', { delta: 'We are op' }),
      agent('output_audio_transcript.delta', { delta: 'en un' }),
    ];
    const text = { id: 'item_a', role: 'assistant', text: 'We are open un' };
    for (const status of ['cancelled', 'incomplete', 'failed'])
      expect(told([...deltas, done(status)], true)).toEqual([{ ...text, meta: { interrupted: status } }]);
    expect(told(deltas, true)).toEqual([{ ...text, meta: { interrupted: 'call_ended' } }]);
    expect(told([...deltas, done('completed')], true)).toEqual([text]);
    const older = deltas.map((each) => ({ ...each, type: 'response.audio_transcript.delta' }));
    expect(told([...older, done('cancelled')])).toEqual([{ ...text, meta: { interrupted: 'cancelled' } }]);
  });
  it('has the words of the end of its answer when none came before', () => {
    const output = [{ id: 'item_a', role: 'assistant', content: [{ type: 'output_audio', transcript: 'We are' }] }];
    expect(told([done('cancelled', output)])).toEqual([
      { id: 'item_a', role: 'assistant', text: 'We are', meta: { interrupted: 'cancelled' } },
    ]);
  });
  it('of one answer is not ended by another answer', () => {
    const other = agent('output_text.delta', { response_id: 'resp_2', item_id: 'item_b', delta: 'Later' });
    expect(told([other, done('completed')])).toEqual([]);
  });
  it('has a mark where the visitor did not hear all of an answer', () => {
    const said = agent('output_audio_transcript.done', { transcript: 'We are open from nine to five.' });
    const cut = { type: 'conversation.item.truncated', item_id: 'item_a', content_index: 0, audio_end_ms: 400 };
    const meta = { truncates: 'item_a', heardMs: 400 };
    expect(told([said, cut, cut])).toEqual([
      { id: 'item_a', role: 'assistant', text: 'We are open from nine to five.' },
      { id: 'item_a~heard', role: 'assistant', text: marks.unheard, meta },
    ]);
  });
  it('has the mark of a gap where its transcription failed, after the words that came', () => {
    const failed = user('failed', { error: { code: 'audio_unintelligible' } });
    const gap = { id: 'item_u', role: 'user', meta: { gap: 'transcription_failed' } };
    expect(told([begins, failed], true)).toEqual([{ ...gap, text: marks.gap }]);
    expect(told([begins, user('delta', { delta: 'My name' }), failed], true)).toEqual([
      { ...gap, text: `My name ${marks.gap}` },
    ]);
  });
  it('is a gap where the call ended before its transcription', () => {
    expect(told([begins], true)).toEqual([
      { id: 'item_u', role: 'user', text: marks.gap, meta: { gap: 'call_ended' } },
    ]);
    expect(told([begins, user('delta', { delta: 'My na' })], true)).toEqual([
      { id: 'item_u', role: 'user', text: 'My na', meta: { interrupted: 'call_ended' } },
    ]);
    expect(told([begins, user('completed', { transcript: 'Hi' })], true)).toEqual([
      { id: 'item_u', role: 'user', text: 'Hi' },
    ]);
  });
  it('is awaited from the first sound until its transcription comes, fails or is empty', () => {
    const ends = [user('completed', { transcript: 'Hi' }), user('completed', { transcript: ' ' }), user('failed', {})];
    for (const end of ends) {
      const heard = listener(() => 0);
      heard.hear(begins);
      expect(heard.awaits()).toBe(true);
      heard.hear(end);
      expect(heard.awaits()).toBe(false);
    }
  });
  it('is not made of white space alone', () => {
    for (const transcript of ['', ' ', '\n\t', '\u00a0', undefined, null, 7])
      expect(told([begins, user('completed', { transcript })], true), JSON.stringify(transcript)).toEqual([]);
  });
  it('names the tool that is called, whichever event names it', () => {
    const called = agent('function_call_arguments.done', { call_id: 'call_1', arguments: '{"a":1}' });
    const item = { id: 'item_a', type: 'function_call', name: 'find', call_id: 'call_1' };
    const message = { id: 'item_a', role: 'tool', text: '{"a":1}', meta: { name: 'find', callId: 'call_1' } };
    expect(told([{ ...called, name: 'find' }])).toEqual([message]);
    for (const type of ['response.output_item.added', 'conversation.item.added', 'conversation.item.created'])
      expect(told([{ type, item }, called])).toEqual([message]);
  });
  it('is well-formed when a character came in two halves or as one half alone', () => {
    const halves = ['Hi \ud83d', '\ude00!'].map((delta) => agent('output_text.delta', { delta }));
    expect(told([...halves, done('cancelled')])[0]?.text).toBe('Hi 😀!');
    expect(told([user('completed', { transcript: 'a\ud83d' })])[0]?.text).toBe('a\ufffd');
  });
  it('is made once, well-formed and not empty, of any events in any order, and none throws', () => {
    const name = fc.constantFrom(
      'input_audio_buffer.speech_started',
      'conversation.item.truncated',
      'conversation.item.input_audio_transcription.delta',
      'conversation.item.input_audio_transcription.completed',
      'conversation.item.input_audio_transcription.failed',
      'response.output_item.added',
      'response.audio_transcript.delta',
      'response.output_audio_transcript.done',
      'response.function_call_arguments.done',
      'response.done',
      'error',
    );
    const units = fc.array(fc.nat(0xffff)).map((all) => String.fromCharCode(...all));
    const word = fc.option(fc.oneof(units, fc.integer()), { nil: undefined });
    const event = fc.record(
      {
        type: name,
        item_id: fc.constantFrom('a', 'b', undefined),
        content_index: fc.constantFrom(0, 1, undefined),
        response_id: fc.constantFrom('r', undefined),
        delta: word,
        transcript: word,
        text: word,
        arguments: word,
        item: fc.constantFrom({ id: 'a', type: 'function_call' }, null, undefined),
        response: fc.constantFrom(
          { id: 'r', status: 'cancelled', output: [{ id: 'b', content: [{ transcript: 'x' }] }, null] },
          null,
          undefined,
        ),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const messages = told(events, true);
        expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
        for (const { text } of messages) {
          expect(text).not.toMatch(/\p{Surrogate}/u);
          expect(text.trim()).not.toBe('');
        }
      }),
    );
  });
});
