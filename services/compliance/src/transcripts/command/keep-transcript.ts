import type { Fact, TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import { opened } from '../decide/transcript.ts';
import { callKey } from '../keep/calls.ts';
import { transcriptKey } from '../keep/transcripts.ts';
import { type Heard, type KeepUtterance, keepUtterance } from './keep-utterance.ts';

export type TranscriptFact = Fact<typeof TranscriptAppended | typeof TranscriptCompleted>;

/** Keeps what is said in a call, and that all of it was sent. */
export const keepTranscript = (dependencies: KeepUtterance, fact: TranscriptFact): Promise<Heard> =>
  'messageId' in fact.data ? keepUtterance(dependencies, fact.data, fact) : completeTranscript(dependencies, fact.data);

/**
 * Nothing depends on it: a page may go away without saying that it sent all, and its last words may still come after it
 * said so.
 */
async function completeTranscript(
  { calls, transcripts }: Pick<KeepUtterance, 'calls' | 'transcripts'>,
  { tenantId, sessionId }: Fact<typeof TranscriptCompleted>['data'],
): Promise<Heard> {
  const call = await calls.read(callKey(tenantId, sessionId));
  if (call === undefined) return 'unknown-call';
  await transcripts.update<void>(transcriptKey(tenantId, sessionId), (now = opened(call)) =>
    now.complete || now.finalisedAtMs !== null
      ? { result: undefined }
      : { result: undefined, state: { ...now, complete: true } },
  );
  return 'done';
}
