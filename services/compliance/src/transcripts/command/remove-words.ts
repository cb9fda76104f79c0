import { TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type Transcripts, transcriptKey } from '../keep/transcripts.ts';
import type { OfSession, Utterances } from '../keep/utterances.ts';

export type RemoveWords = Readonly<{
  bus: Pick<Bus, 'forget'>;
  transcripts: Pick<Transcripts, 'update'>;
  utterances: Pick<Utterances, 'remove'>;
}>;

const messagesAtOnce = 500;

/** Removes every word of a call from stream and store. Safe to repeat. */
export async function removeWords(
  { bus, transcripts, utterances }: RemoveWords,
  { tenantId, sessionId }: OfSession,
): Promise<void> {
  await bus.forget([TranscriptAppended, TranscriptCompleted], { tenantId, sessionId });
  while ((await utterances.remove({ tenantId, sessionId }, messagesAtOnce)) > 0);
  // The header stays as a tombstone until the call itself is removed, so that nothing late is taken for new.
  await transcripts.update(transcriptKey(tenantId, sessionId), (now) =>
    now === undefined ? { result: undefined } : { result: undefined, state: { ...now, messages: 0, bytes: 0 } },
  );
}
