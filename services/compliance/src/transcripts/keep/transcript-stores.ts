import type { Calls } from './calls.ts';
import type { Transcripts } from './transcripts.ts';
import type { Utterances } from './utterances.ts';

/** Calls and what was said in them. */
export type TranscriptStores = Readonly<{ calls: Calls; transcripts: Transcripts; utterances: Utterances }>;
