import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from './event.ts';
import { countedBy } from './usage.ts';

describe('an event of the provider', () => {
  it.each([
    ['sound of the agent', '{"type":"response.output_audio.delta","delta":"AAAA"}'],
    ['sound of the agent by its older name', '{"event_id":"e","type":"response.audio.delta","delta":"AAAA"}'],
    ['mirrored sound', '{"type":"session.input_audio.append","audio":"AAAA"}'],
    ['sound whose type comes last', '{"delta":"AAAA","type":"response.output_audio.delta"}'],
    ['no JSON', '{"type":"response.done"'],
    ['no object', '["response.done"]'],
    ['no type', '{"event_id":"e"}'],
  ])('is not read when it is %s', (_what, text) => {
    expect(readEvent(text)).toBeUndefined();
  });
  it('is read whatever stands in it and wherever its type stands', () => {
    expect(readEvent('{"response":{"type":"response.output_audio.delta"},"type":"response.done"}')).toMatchObject({
      type: 'response.done',
    });
    fc.assert(fc.property(fc.string(), (text) => void readEvent(text)));
  });
});

describe('what an event says was used', () => {
  const response = (usage: unknown) => ({ type: 'response.done', response: { id: 'r1', usage } });
  it('is counted by kind, with the cached parts of each', () => {
    const usage = {
      total_tokens: 250,
      input_tokens: 160,
      output_tokens: 90,
      input_token_details: {
        text_tokens: 100,
        audio_tokens: 50,
        image_tokens: 10,
        cached_tokens: 64,
        cached_tokens_details: { text_tokens: 40, audio_tokens: 24, image_tokens: 0 },
      },
      output_token_details: { text_tokens: 20, audio_tokens: 70 },
    };
    expect(countedBy(response(usage), 'gpt-transcribe')).toEqual({
      kind: 'response',
      responseId: 'r1',
      usage: expect.objectContaining({
        ...{ textIn: 100, textOut: 20, audioIn: 50, audioOut: 70, imageIn: 10, cachedIn: 64 },
        ...{ cachedTextIn: 40, cachedAudioIn: 24 },
      }),
    });
  });
  it('stands as unknown where no kind is named, and all of a total is counted', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(1e6), (total, given, out) => {
        const counted = countedBy(response({ total_tokens: total, input_tokens: given, output_tokens: out }), 'm');
        const usage = counted?.kind === 'response' ? counted.usage : undefined;
        const unknown = (usage?.unknownIn ?? 0) + (usage?.unknownOut ?? 0) + (usage?.unknown ?? 0);
        expect(unknown).toBeGreaterThanOrEqual(Math.max(total, given + out));
      }),
    );
  });
  it('is counted by length where a transcription is billed so, under the model that wrote it down', () => {
    const type = 'conversation.item.input_audio_transcription.completed';
    expect(
      countedBy({ type, item_id: 'i1', usage: { type: 'duration', seconds: 2.5 } }, 'gpt-live-transcribe'),
    ).toMatchObject({
      kind: 'transcription',
      itemId: 'i1',
      model: 'gpt-live-transcribe',
      usage: { seconds: 2.5 },
    });
  });
  it('is nothing where the event says nothing, and never throws', () => {
    expect(countedBy(response(undefined), 'm')).toBeUndefined();
    expect(countedBy({ type: 'response.done', response: { usage: { total_tokens: 1 } } }, 'm')).toBeUndefined();
    fc.assert(fc.property(fc.anything(), (usage) => void countedBy(response(usage), 'm')));
  });
});
