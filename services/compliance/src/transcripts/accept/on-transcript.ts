import type { Outcome } from '@vox/platform/bus';
import { keepTranscript, type TranscriptFact } from '../command/keep-transcript.ts';
import type { KeepUtterance } from '../command/keep-utterance.ts';

/** Hears what is said in a call, and that all of it was sent. It comes again until the grant of its call was heard. */
export const onTranscript =
  (dependencies: KeepUtterance) =>
  async (fact: TranscriptFact): Promise<Outcome> =>
    (await keepTranscript(dependencies, fact)) === 'unknown-call' ? 'retry' : 'ack';
