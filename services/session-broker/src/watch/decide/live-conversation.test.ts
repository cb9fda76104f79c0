import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveConversation } from './live-conversation.ts';

type Delta = Readonly<{ type: string; event_id?: string; delta: unknown; start_ms: unknown; end_ms: unknown }>;
const said = (who: 'input' | 'output', delta: string, start_ms: number, end_ms = start_ms + 300): Delta => ({
  type: `session.${who}_transcript.delta`,
  event_id: `${who} ${start_ms} ${delta}`,
  ...{ delta, start_ms, end_ms },
});
function utterancesOf(deltas: readonly Delta[]) {
  const heard = liveConversation();
  let nowMs = 0;
  const all = deltas.flatMap((delta) => {
    nowMs += 1;
    return [...heard.hear(delta, nowMs).utterances];
  });
  return [...all, ...heard.flush(nowMs)];
}
const shown = (deltas: readonly Delta[]) => utterancesOf(deltas).map(({ role, text }) => [role, text]);

describe('the words of a Live session', () => {
  it('become an utterance of each side when the other one answers', () => {
    expect(
      shown([
        said('input', 'Are you ', 0),
        said('input', 'open?', 300),
        said('output', 'Yes, ', 700),
        said('output', 'until five.', 1_000),
        said('input', 'Thanks.', 1_500),
      ]),
    ).toEqual([
      ['user', 'Are you open?'],
      ['assistant', 'Yes, until five.'],
      ['user', 'Thanks.'],
    ]);
  });
  it('stay one utterance while the other side speaks in between', () => {
    expect(
      shown([said('output', 'We are open ', 0, 900), said('input', 'Mhm.', 400, 600), said('output', 'today.', 900)]),
    )
      // Whoever is still speaking comes last.
      .toEqual(
        expect.arrayContaining([
          ['assistant', 'We are open today.'],
          ['user', 'Mhm.'],
        ]),
      );
  });
  it('become two utterances when the same side goes on after a pause', () => {
    expect(shown([said('input', 'Hello?', 0), said('input', 'Hello!', 5_000)])).toEqual([
      ['user', 'Hello?'],
      ['user', 'Hello!'],
    ]);
  });
  it('count once when their events come twice', () => {
    const deltas = [said('input', 'One ', 0), said('input', 'two.', 300)];
    expect(shown(deltas.flatMap((each) => [each, each]))).toEqual([['user', 'One two.']]);
  });
  it('are none of theirs that an event without words or without times tells', () => {
    const odd = { type: 'session.input_transcript.delta', delta: 1, start_ms: 'x', end_ms: null };
    expect(utterancesOf([odd, { ...odd, type: 'session.closed' }])).toEqual([]);
  });
  it('are all kept, in utterances of the same ids and texts for every copy that hears them', () => {
    const delta = fc.record({
      who: fc.constantFrom('input' as const, 'output' as const),
      word: fc.constantFrom('a ', 'b ', 'c '),
      afterMs: fc.oneof(fc.constant(0), fc.nat(2_500)),
      lastsMs: fc.constantFrom(0, 300),
    });
    fc.assert(
      fc.property(fc.array(delta, { maxLength: 40 }), (words) => {
        let atMs = 0;
        const deltas = words.map(({ who, word, afterMs, lastsMs }, n) => {
          atMs += afterMs;
          return { ...said(who, word, atMs, atMs + lastsMs), event_id: String(n) };
        });
        const ours = utterancesOf(deltas);
        for (const [role, who] of [
          ['user', 'input'],
          ['assistant', 'output'],
        ] as const) {
          const own = ours.filter((each) => each.role === role).map(({ text }) => text);
          const told = words.filter((each) => each.who === who).map(({ word }) => word.trim());
          expect(own.join(' ').split(' ').filter(Boolean)).toEqual(told);
        }
        expect(new Set(ours.map(({ id }) => id)).size).toBe(ours.length);
        expect(utterancesOf(deltas)).toEqual(ours);
      }),
    );
  });
});
