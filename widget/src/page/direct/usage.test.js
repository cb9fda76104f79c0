import { describe, expect, it } from 'vitest';
import { reportOf } from './usage.js';

describe('a usage report', () => {
  const head = { sm_session_id: 's', responseId: 'resp_1' };
  const none = { text_in: 0, text_out: 0, audio_in: 0, audio_out: 0, cached_in: 0 };

  it('says what the provider counted for a response, each kind apart', () => {
    const heard = { text_tokens: 60, audio_tokens: 30, image_tokens: 9, cached_tokens: 40 };
    const usage = {
      input_token_details: { ...heard, cached_tokens_details: { text_tokens: 25, audio_tokens: 10, image_tokens: 5 } },
      output_token_details: { text_tokens: 20, audio_tokens: 80 },
    };
    expect(reportOf('s', 'resp_1', usage)).toEqual({
      ...head,
      ...{ text_in: 60, text_out: 20, audio_in: 30, audio_out: 80, image_in: 9 },
      ...{ cached_in: 40, cached_text_in: 25, cached_audio_in: 10, cached_image_in: 5 },
    });
  });
  it('is not made for a response without a count', () => {
    expect(reportOf('s', 'resp_1', null)).toBeUndefined();
    expect(reportOf('s', undefined, {})).toBeUndefined();
  });
  it('takes no odd number and loses no token that a total names', () => {
    const odd = { input_token_details: { text_tokens: -1, audio_tokens: '9' }, output_token_details: null };
    expect(reportOf('s', 'resp_1', odd)).toEqual({ ...head, ...none });
    expect(reportOf('s', 'resp_1', { ...odd, input_tokens: 521, output_tokens: 20 })).toEqual({
      ...{ ...head, ...none, unknown_in: 521, unknown_out: 20 },
    });
    expect(reportOf('s', 'resp_1', { total_tokens: 541 })).toEqual({ ...head, ...none, unknown_in: 541 });
  });
  it('says the tokens or the seconds of a transcription', () => {
    expect(reportOf('s', 'resp_1', { type: 'duration', seconds: 2.5 })).toEqual({ ...head, ...none, seconds: 2.5 });
    expect(reportOf('s', 'resp_1', { type: 'duration', seconds: Number.NaN })).toBeUndefined();
    const usage = { type: 'tokens', input_tokens: 7, input_token_details: { audio_tokens: 7 }, output_tokens: 3 };
    expect(reportOf('s', 'resp_1', usage)).toEqual({ ...head, ...none, audio_in: 7, unknown_out: 3 });
  });
});
