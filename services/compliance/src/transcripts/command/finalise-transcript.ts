import { TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { finalised, type Transcript } from '../decide/transcript.ts';
import { type Transcripts, transcriptKey } from '../keep/transcripts.ts';
import type { OfSession, Utterances } from '../keep/utterances.ts';
import { publishFinalised } from '../publish/facts.ts';
import { keepTranscript } from './keep-transcript.ts';
import type { KeepUtterance } from './keep-utterance.ts';
import { type RedactConversation, redactConversation } from './redact-conversation.ts';

export type FinaliseTranscript = KeepUtterance &
  RedactConversation &
  Readonly<{
    bus: Pick<Bus, 'publish' | 'history' | 'forget'>;
    transcripts: Pick<Transcripts, 'update'>;
    utterances: Pick<Utterances, 'count'>;
  }>;

/**
 * Finalises the transcript of a call that is over. What the stream still holds is kept first, for its consumer may be
 * behind. Then the whole conversation is read for what no single message shows, the transcript is closed and published,
 * and the stream is made to forget it. Only then it is cleared.
 *
 * Several copies may do it at once. Whoever is killed on the way is followed by one that begins again.
 */
export async function finaliseTranscript(
  dependencies: FinaliseTranscript,
  { tenantId, sessionId }: Pick<Transcript, 'tenantId' | 'sessionId'>,
): Promise<void> {
  const { bus, utterances, clock } = dependencies;
  const session = { tenantId, sessionId };
  for await (const fact of bus.history([TranscriptAppended, TranscriptCompleted], session))
    await keepTranscript(dependencies, fact);
  await redactConversation(dependencies, session);
  const counted = await utterances.count(session);
  const now = clock.now();
  const closed = await update(dependencies, session, (transcript) => finalised(transcript, counted, now.getTime()));
  if (closed === undefined) return;
  await publishFinalised(bus, closed, now);
  await bus.forget([TranscriptAppended, TranscriptCompleted], session);
  await update(dependencies, session, (transcript) => ({
    ...transcript,
    clearedAtMs: transcript.clearedAtMs ?? now.getTime(),
  }));
}

const update = (
  { transcripts }: Pick<FinaliseTranscript, 'transcripts'>,
  { tenantId, sessionId }: OfSession,
  next: (transcript: Transcript) => Transcript,
): Promise<Transcript | undefined> =>
  transcripts.update<Transcript | undefined>(transcriptKey(tenantId, sessionId), (now) => {
    const state = now && next(now);
    return state === undefined ? { result: undefined } : { result: state, state };
  });
