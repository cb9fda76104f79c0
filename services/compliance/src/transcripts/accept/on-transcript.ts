import type { Fact, TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type KeepNeeds, keepUtterance } from '../command/keep-utterance.ts';
import { opened } from '../decide/transcript.ts';
import { callKey } from '../keep/calls.ts';
import { transcriptKey } from '../keep/transcripts.ts';

/** What is said in a call, and that all of it was sent. */
export const onTranscript =
  (needs: KeepNeeds) =>
  (fact: Fact<typeof TranscriptAppended | typeof TranscriptCompleted>): Promise<Outcome> =>
    'messageId' in fact.data ? keepUtterance(needs, fact.data, fact) : onCompleted(needs, fact.data);

/** Nothing hangs on it: a page may go away without saying so, and its last words may still come after it did. */
async function onCompleted(
  { calls, transcripts }: KeepNeeds,
  { tenantId, sessionId }: Fact<typeof TranscriptCompleted>['data'],
): Promise<Outcome> {
  const call = await calls.read(callKey(tenantId, sessionId));
  if (call === undefined) return 'retry';
  await transcripts.update<void>(transcriptKey(tenantId, sessionId), (now = opened(call)) =>
    now.complete || now.finalisedAtMs !== null
      ? { result: undefined }
      : { result: undefined, state: { ...now, complete: true } },
  );
  return 'ack';
}
