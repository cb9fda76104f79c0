import { type TokenUsage, tokensMax } from '@vox/contracts';

/** A usage report in the names of the HTTP contract. The finer fields may be left out. */
export type UsageReport = Readonly<{
  text_in: number;
  text_out: number;
  audio_in: number;
  audio_out: number;
  cached_in?: number | undefined;
  image_in?: number | undefined;
  cached_text_in?: number | undefined;
  cached_audio_in?: number | undefined;
  cached_image_in?: number | undefined;
  unknown_in?: number | undefined;
  unknown_out?: number | undefined;
  seconds?: number | undefined;
}>;

/** A report without the finer fields is the same fact as ever. */
export function usageOf(body: UsageReport): TokenUsage {
  const cachedParts = (body.cached_text_in ?? 0) + (body.cached_audio_in ?? 0) + (body.cached_image_in ?? 0);
  return {
    textIn: body.text_in,
    textOut: body.text_out,
    audioIn: body.audio_in,
    audioOut: body.audio_out,
    cachedIn: body.cached_in ?? Math.min(cachedParts, tokensMax),
    imageIn: body.image_in,
    cachedTextIn: body.cached_text_in,
    cachedAudioIn: body.cached_audio_in,
    cachedImageIn: body.cached_image_in,
    unknownIn: body.unknown_in,
    unknownOut: body.unknown_out,
    seconds: body.seconds,
  };
}

/** Millionths of a dollar as dollars. */
export const dollarsOf = (micros: number): number => micros / 1_000_000;
