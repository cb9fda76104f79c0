import { type ProviderCount, type TokenUsage, tokensMax, usageSecondsMax } from '@vox/contracts';
import { fieldsOf, idOf, type ProviderEvent } from './event.ts';

const whole = (tokens: unknown): number =>
  typeof tokens === 'number' && tokens > 0 ? Math.min(Math.ceil(tokens), tokensMax) : 0;
const some = (tokens: number): number | undefined => (tokens > 0 ? Math.min(tokens, tokensMax) : undefined);
const none: TokenUsage = { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0 };

/**
 * Tokens as the provider counts them. What it does not name the kind of stands as unknown, so that it is counted at the
 * dearest. When there is only a total, what is not output was input.
 */
function tokensOf(usage: Readonly<Record<string, unknown>>): TokenUsage {
  const [heard, said] = [fieldsOf(usage.input_token_details), fieldsOf(usage.output_token_details)];
  const cached = fieldsOf(heard.cached_tokens_details);
  const [textIn, audioIn, imageIn] = [heard.text_tokens, heard.audio_tokens, heard.image_tokens].map(whole) as Three;
  const [textOut, audioOut] = [whole(said.text_tokens), whole(said.audio_tokens)];
  const out = Math.max(whole(usage.output_tokens), textOut + audioOut);
  const known = textIn + audioIn + imageIn;
  const all = Math.max(whole(usage.input_tokens), whole(usage.total_tokens) - out, known);
  const [cachedText, cachedAudio, cachedImage] = [cached.text_tokens, cached.audio_tokens, cached.image_tokens].map(
    whole,
  ) as Three;
  return {
    ...{ textIn, textOut, audioIn, audioOut, imageIn: some(imageIn) },
    cachedIn: Math.max(whole(heard.cached_tokens), Math.min(cachedText + cachedAudio + cachedImage, tokensMax)),
    ...{ cachedTextIn: some(cachedText), cachedAudioIn: some(cachedAudio), cachedImageIn: some(cachedImage) },
    ...{ unknownIn: some(all - known), unknownOut: some(out - textOut - audioOut) },
  };
}
type Three = [number, number, number];

/** Seconds of sound, or tokens: a transcription is billed by one of them. */
function usageOf(given: unknown): TokenUsage | undefined {
  const usage = fieldsOf(given);
  if (usage.type === 'duration') {
    const seconds = Number(usage.seconds);
    return seconds > 0 ? { ...none, seconds: Math.min(seconds, usageSecondsMax) } : undefined;
  }
  return Object.keys(usage).length === 0 ? undefined : tokensOf(usage);
}

/**
 * What an event says that the provider counted, if it says so. `transcriptionModel` is what writes the visitor down.
 */
export function countedBy(event: ProviderEvent, transcriptionModel: string): ProviderCount | undefined {
  if (event.type === 'response.done') {
    const response = fieldsOf(event.response);
    const [responseId, usage] = [idOf(response.id), usageOf(response.usage)];
    return responseId === undefined || usage === undefined ? undefined : { kind: 'response', responseId, usage };
  }
  if (event.type === 'conversation.item.input_audio_transcription.completed') {
    const [item, usage] = [idOf(event.item_id), usageOf(event.usage)];
    // Each part of an utterance is billed apart.
    const itemId = item && idOf(Number(event.content_index) > 0 ? `${item}.${Number(event.content_index)}` : item);
    return itemId === undefined || usage === undefined
      ? undefined
      : { kind: 'transcription', itemId, model: transcriptionModel, usage };
  }
  if (event.type === 'session.usage.updated' || event.type === 'session.closed') {
    const seconds = Number(fieldsOf(event.usage).seconds);
    return seconds > 0 ? { kind: 'seconds', seconds: Math.min(seconds, usageSecondsMax) } : undefined;
  }
  return undefined;
}
