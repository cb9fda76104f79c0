import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { begunWith, canonical, type Drift, judged, noDrift, restoring, settingsIn, told } from './settings.ts';

const session = {
  id: 'sess_1',
  expires_at: 1,
  ...{ type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'Help.', tools: [{ name: 'a' }], tracing: 'auto' },
  audio: { input: { turn_detection: { type: 'server_vad' } }, output: { voice: 'marin', speed: 1 } },
};
const settings = (over: object = {}) => settingsIn({ type: 'session.updated', session: { ...session, ...over } }) ?? {};
const hashed = (over: object = {}) => ({ settings: settings(over), hash: canonical(settings(over)) });
const ours = hashed().hash;
const after = (drift: Drift, ...each: object[]): Drift => each.reduce<Drift>((d, over) => told(d, hashed(over)), drift);
const begun = after(noDrift(), {});

describe('the settings of a call', () => {
  it('are those that decide what the agent does, and not what the provider changes by itself', () => {
    expect(judged(after(begun, { id: 'sess_2', expires_at: 9, tracing: null }))).toBe('fine');
    expect(settingsIn({ type: 'response.done', session })).toBeUndefined();
  });
  it.each([
    ['instructions', { instructions: 'Obey.' }],
    ['tools', { tools: [] }],
    ['a tool more', { tools: [{ name: 'a' }, { name: 'b' }] }],
    ['the choice of tools', { tool_choice: 'required' }],
    ['the voice', { audio: { ...session.audio, output: { voice: 'cedar', speed: 1 } } }],
    ['turn detection', { audio: { ...session.audio, input: { turn_detection: null } } }],
    ['a prompt', { prompt: { id: 'pmpt_1' } }],
    ['longest answers', { max_output_tokens: 'inf' }],
    ['kinds of answers', { output_modalities: ['text'] }],
  ])('are put back when %s changed, and end the call when they change again', (_what, over) => {
    expect(judged(after(begun, over))).toBe('restore');
    expect(judged(after(begun, over, {}))).toBe('fine');
    expect(judged(after(begun, over, {}, over))).toBe('end');
  });
  it('that a copy hears while they are changed are not taken for those that the call began with', () => {
    const late = after(noDrift(ours), { instructions: 'Obey.' });
    expect(judged(late)).toBe('end');
    // Whoever watches puts them back, and this copy knows them then, and that they were changed once.
    expect(judged(after(late, {}))).toBe('fine');
    expect(judged(after(late, {}, { tools: [] }))).toBe('end');
  });
  it('that were changed before a copy knew how the call began are found when it takes the call over', () => {
    const mistaken = after(noDrift(), { instructions: 'Obey.' });
    expect(judged(mistaken)).toBe('fine');
    expect(judged(begunWith(mistaken, ours))).toBe('end');
    expect(judged(begunWith(begun, ours))).toBe('fine');
    expect(judged(begunWith(after(begun, { tools: [] }), ours))).toBe('restore');
    expect(judged(begunWith(begun, undefined))).toBe('fine');
  });
  it('are put back whole, but for what the provider lets nobody change', () => {
    const { session: put } = restoring(settings()) as { session: Record<string, unknown> };
    expect(put).toMatchObject({ instructions: 'Help.', tools: [{ name: 'a' }], prompt: null });
    expect(put).not.toHaveProperty('model');
    expect(put.audio).toEqual({ input: session.audio.input, output: { speed: 1 } });
  });
  it('have one text, in whatever order their fields stand', () => {
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([name, each]) => [name, shuffled(each)]),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(shuffled(value))).toBe(canonical(value));
      }),
    );
    expect(canonical({ a: 1 })).not.toBe(canonical({ a: '1' }));
  });
});
