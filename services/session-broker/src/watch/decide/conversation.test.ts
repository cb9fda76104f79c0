import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversation, type Utterance } from './conversation.ts';

type Message = Readonly<{ id: string; role: string; text: string; ts: number; meta?: Record<string, unknown> }>;
type Event = Readonly<{ type: string } & Record<string, unknown>>;
const page: { listener: (now: () => number) => { hear: (event: Event) => Message[]; flush: () => Message[] } } =
  await import(`${import.meta.dirname}/../../../../../widget/src/page/direct/heard.js`);

const itemId = fc.constantFrom('i1', 'i2', 'i3');
const responseId = fc.constantFrom('r1', 'r2');
const words = fc.constantFrom('', ' ', 'Hello', 'Good day.', 'caf\u00e9 \ud83d\ude00', 'broken \ud83d');
const content_index = fc.constantFrom(0, 0, 1);
const type = <T extends string>(...types: T[]) => fc.constantFrom(...types);

/** Events of all kinds that tell words, in any order, twice, too early and too late. */
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: type('input_audio_buffer.speech_started', 'input_audio_buffer.committed'), item_id: itemId }),
  fc.record({
    type: type(
      'response.output_audio_transcript.delta',
      'response.output_text.delta',
      'response.audio_transcript.delta',
    ),
    item_id: itemId,
    response_id: responseId,
    content_index,
    delta: words,
  }),
  fc.record({
    type: type('response.output_audio_transcript.done', 'conversation.item.input_audio_transcription.completed'),
    item_id: itemId,
    response_id: responseId,
    content_index,
    transcript: words,
  }),
  fc.record({ type: type('conversation.item.input_audio_transcription.failed'), item_id: itemId, content_index }),
  fc.record({
    type: type('conversation.item.input_audio_transcription.delta'),
    item_id: itemId,
    content_index,
    delta: words,
  }),
  fc.record({ type: type('conversation.item.truncated'), item_id: itemId, content_index, audio_end_ms: fc.nat(9_000) }),
  fc.record({ type: type('response.output_item.added'), item: fc.record({ id: itemId, type: type('message') }) }),
  fc.record({
    type: type('conversation.item.added', 'conversation.item.created', 'conversation.item.done'),
    item: fc.record({
      ...{ id: itemId, type: type('message'), role: type('user', 'user', 'assistant') },
      content: fc.array(fc.record({ type: type('input_text', 'input_text', 'input_audio'), text: words })),
    }),
  }),
  fc.record({
    type: type('response.function_call_arguments.done'),
    item_id: fc.constantFrom('f1', 'f2'),
    name: fc.constantFrom('find'),
    call_id: fc.constantFrom('c1'),
    arguments: fc.constantFrom('{}', '{"a":1}'),
  }),
  fc.record({
    type: type('response.done'),
    response: fc.record({
      id: responseId,
      status: type('completed', 'cancelled', 'incomplete'),
      output: fc.array(
        fc.record({
          id: itemId,
          role: type('assistant'),
          content: fc.array(fc.record({ transcript: words }), { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
    }),
  }),
);

const shown = ({ id, role, text, meta }: Utterance | Message) => ({ id, role, text, meta });

describe('the conversation of a call', () => {
  it('is heard as the widget hears it, whatever events come in whatever order', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let nowMs = 0;
        const [ours, theirs] = [conversation(), page.listener(() => nowMs)];
        for (const each of events) {
          nowMs += 1;
          expect(ours.hear(each, nowMs).utterances.map(shown)).toEqual(theirs.hear(each).map(shown));
        }
        expect(ours.flush(nowMs).map(shown)).toEqual(theirs.flush().map(shown));
      }),
      { numRuns: 500 },
    );
  });
  it('tells the words of an utterance so far, whole characters alone', () => {
    const heard = conversation();
    const delta = (text: string) =>
      heard.hear({ type: 'response.output_text.delta', item_id: 'i1', response_id: 'r1', delta: text }, 1).progress;
    expect(delta('Good')).toEqual({ id: 'i1', role: 'assistant', text: 'Good' });
    expect(delta(' day \ud83d')?.text).toBe('Good day \ufffd');
    expect(delta('\ude00')?.text).toBe('Good day \ud83d\ude00');
  });
  it('never throws, and makes one utterance of an id, whatever it is told', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            event,
            fc.record({ type: fc.string(), item: fc.anything(), response: fc.anything(), item_id: fc.anything() }),
          ),
        ),
        (events) => {
          const heard = conversation();
          const all = [...events.flatMap((each) => [...heard.hear(each as Event, 1).utterances]), ...heard.flush(2)];
          expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
        },
      ),
    );
  });
});
