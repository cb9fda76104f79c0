import type { Fact, SessionEnded } from '@vox/contracts';
import type { KeptCall } from '../decide/call.ts';
import { ended, opened } from '../decide/transcript.ts';
import { type Calls, callKey } from '../keep/calls.ts';
import { type Transcripts, transcriptKey } from '../keep/transcripts.ts';
import type { Heard } from './keep-utterance.ts';

export type EndCall = Readonly<{
  calls: Pick<Calls, 'update'>;
  transcripts: Pick<Transcripts, 'update'>;
  /** What is said is still taken so long after the end of its call. */
  graceMs: number;
}>;

/**
 * Keeps the end of a call. It closes the transcript, also one that holds nothing yet: what comes later is then known to
 * be late.
 */
export async function endCall(
  { calls, transcripts, graceMs }: EndCall,
  data: Fact<typeof SessionEnded>['data'],
): Promise<Heard> {
  const { tenantId, sessionId } = data;
  const endedAtMs = Date.parse(data.endedAt);
  const call = await calls.update<KeptCall | undefined>(callKey(tenantId, sessionId), (now) => {
    if (now === undefined || now.endedAtMs !== null) return { result: now };
    const state = { ...now, endedAtMs, endReason: data.reason, connectedSeconds: data.connectedSeconds };
    return { result: state, state };
  });
  if (call === undefined) return 'unknown-call';
  await transcripts.update<void>(transcriptKey(tenantId, sessionId), (now) =>
    now !== undefined && now.endedAtMs !== null
      ? { result: undefined }
      : { result: undefined, state: ended(now ?? opened(call), endedAtMs, graceMs) },
  );
  return 'done';
}
