import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, judged, noDrift, restoring, settingsIn } from './settings.ts';

const session = {
  id: 'sess_1',
  expires_at: 1,
  ...{ type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'Help.', tools: [{ name: 'a' }], tracing: 'auto' },
  audio: { input: { turn_detection: { type: 'server_vad' } }, output: { voice: 'marin', speed: 1 } },
};
const told = (over: object = {}, type = 'session.updated') => ({ type, session: { ...session, ...over } });
const settings = (over: object = {}) => settingsIn(told(over)) ?? {};
const begun = judged(noDrift, settings()).drift;

describe('the settings of a call', () => {
  it('are those that decide what the agent does, and not what the provider changes by itself', () => {
    expect(judged(begun, settings({ id: 'sess_2', expires_at: 9, tracing: null })).verdict).toBe('fine');
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
    const first = judged(begun, settings(over));
    expect(first.verdict).toBe('restore');
    const restored = judged(first.drift, settings());
    expect(restored.verdict).toBe('fine');
    expect(judged(restored.drift, settings(over)).verdict).toBe('end');
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
