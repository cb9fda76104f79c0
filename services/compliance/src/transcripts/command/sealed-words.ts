import { z } from 'zod';
import type { Box } from '../../vault/mod.ts';
import { sealedAt, type Utterance, wordsOf } from '../decide/utterance.ts';

const Words = z.object({ text: z.string(), meta: z.record(z.string(), z.json()).optional() });
/** What one message says. */
export type Words = z.infer<typeof Words>;

/** What an utterance says; `undefined` when box or bytes are others. */
export function openWords(box: Box, utterance: Utterance): Words | undefined {
  const text = box.open(sealedAt(utterance), utterance.sealed);
  return text === undefined ? undefined : Words.parse(JSON.parse(text));
}

/** What is stored of words: how many bytes they are, and the words sealed for the place of one message. */
export function sealWords(
  box: Box,
  place: Pick<Utterance, 'sessionId' | 'messageId'>,
  words: Readonly<{ text: string; meta?: unknown }>,
): Pick<Utterance, 'bytes' | 'sealed'> {
  const text = wordsOf(words);
  return { bytes: Buffer.byteLength(text), sealed: box.seal(sealedAt(place), text) };
}
