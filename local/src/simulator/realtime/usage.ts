import { z } from 'zod';

const tokens = z.number();

/** Tokens that one turn uses, as the provider would count them. Cached ones are part of the others. */
export const TurnUsage = z.object({
  textIn: tokens,
  audioIn: tokens,
  cachedIn: tokens.describe('cached text'),
  textOut: tokens,
  audioOut: tokens,
  imageIn: tokens.optional(),
  cachedAudioIn: tokens.optional(),
  cachedImageIn: tokens.optional(),
});
export type TurnUsage = Readonly<z.infer<typeof TurnUsage>>;

/** What the transcription of the visitor's words uses, which is billed apart. */
export const TranscriptionUsage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('tokens'), textIn: tokens, audioIn: tokens, textOut: tokens }),
  z.object({ type: z.literal('duration'), seconds: z.number() }),
]);
export type TranscriptionUsage = Readonly<z.infer<typeof TranscriptionUsage>>;

export const someUsage: TurnUsage = { textIn: 60, audioIn: 30, cachedIn: 40, textOut: 20, audioOut: 80 };

/** `response.done.response.usage`. */
export function responseUsage(usage: TurnUsage) {
  const { textIn, audioIn, imageIn = 0, cachedIn, cachedAudioIn = 0, cachedImageIn = 0, textOut, audioOut } = usage;
  const inputTokens = textIn + audioIn + imageIn;
  const outputTokens = textOut + audioOut;
  return {
    total_tokens: inputTokens + outputTokens,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    input_token_details: {
      text_tokens: textIn,
      audio_tokens: audioIn,
      image_tokens: imageIn,
      cached_tokens: cachedIn + cachedAudioIn + cachedImageIn,
      cached_tokens_details: { text_tokens: cachedIn, audio_tokens: cachedAudioIn, image_tokens: cachedImageIn },
    },
    output_token_details: { text_tokens: textOut, audio_tokens: audioOut },
  };
}

/** `conversation.item.input_audio_transcription.completed.usage`. */
export function transcriptionUsage(usage: TranscriptionUsage) {
  if (usage.type === 'duration') return usage;
  const { type, textIn, audioIn, textOut } = usage;
  return {
    type,
    total_tokens: textIn + audioIn + textOut,
    input_tokens: textIn + audioIn,
    output_tokens: textOut,
    input_token_details: { text_tokens: textIn, audio_tokens: audioIn },
  };
}

const spokenSeconds = 0.8;
/** As a model is priced: some by the minute, the others by tokens. */
export const usualTranscription = (model: string): TranscriptionUsage =>
  /whisper|live-transcribe/.test(model)
    ? { type: 'duration', seconds: spokenSeconds }
    : { type: 'tokens', textIn: 0, audioIn: 8, textOut: 6 };
