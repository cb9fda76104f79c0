import type { Clock } from '@vox/platform/time';
import { opened, tombstone } from '../decide/transcript.ts';
import { type Calls, callKey } from '../keep/calls.ts';
import { transcriptKey } from '../keep/transcripts.ts';
import type { OfSession, Utterances } from '../keep/utterances.ts';
import { type RemoveWords, removeWords } from './remove-words.ts';

export type EraseCall = RemoveWords & Readonly<{ calls: Pick<Calls, 'read' | 'remove'>; clock: Clock }>;

/**
 * Erases a call and all that was said in it. A tombstone stays in the place of its transcript, so that nothing late is
 * kept. Safe to repeat.
 */
export async function eraseCall(dependencies: EraseCall, { tenantId, sessionId }: OfSession): Promise<void> {
  const { calls, transcripts, clock } = dependencies;
  const call = await calls.read(callKey(tenantId, sessionId));
  const nowMs = clock.now().getTime();
  // A call that was never spoken in gets a tombstone, too.
  const born = call && { ...opened(call), complete: true };
  await transcripts.update(transcriptKey(tenantId, sessionId), (now = born) =>
    now === undefined ? { result: undefined } : { result: undefined, state: tombstone(now, nowMs) },
  );
  await removeWords(dependencies, { tenantId, sessionId });
  await calls.remove(callKey(tenantId, sessionId));
}

export type CountCall = Readonly<{ calls: Pick<Calls, 'read'>; utterances: Pick<Utterances, 'count'> }>;

/** How much an erasure of a call takes away: its messages, and the call itself. */
export async function countCall({ calls, utterances }: CountCall, session: OfSession): Promise<number> {
  const { messages } = await utterances.count(session);
  const call = await calls.read(callKey(session.tenantId, session.sessionId));
  return messages + (call === undefined ? 0 : 1);
}
