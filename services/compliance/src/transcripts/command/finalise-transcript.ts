import { makeFact, TranscriptAppended, TranscriptCompleted, TranscriptFinalised } from '@vox/contracts';
import type { Dependencies } from '../../dependencies.ts';
import { onTranscript } from '../accept/on-transcript.ts';
import { finalised, type Transcript } from '../decide/transcript.ts';
import { transcriptKey } from '../keep/transcripts.ts';
import type { KeepNeeds } from './keep-utterance.ts';
import { cutAcross } from './redact-conversation.ts';

const batch = 50;

/** Finalises the transcripts of calls that are over. Several copies may run it at once, and killed on the way it begins where it was. */
export async function finaliseDue(needs: KeepNeeds & Pick<Dependencies, 'log'>): Promise<void> {
  // One that cannot be finalised now must not keep the others waiting.
  for (const { state } of await needs.transcripts.due(needs.clock.now().getTime(), batch))
    await finalise(needs, state).catch((error: unknown) =>
      needs.log.warn(
        { error, session: state.sessionId },
        'a transcript could not be finalised and will be tried again',
      ),
    );
}

/**
 * What the stream still holds is kept first, for its consumer may be behind; then the whole is looked at for what no single message shows, closed, told,
 * and erased from the stream. Only then it is done with.
 */
async function finalise(needs: KeepNeeds, { tenantId, sessionId }: Transcript): Promise<void> {
  const session = { tenantId, sessionId };
  for await (const fact of needs.bus.history([TranscriptAppended, TranscriptCompleted], session))
    await onTranscript(needs)(fact);
  await cutAcross(needs, session);
  const tally = await needs.utterances.tally(session);
  const now = needs.clock.now();
  const closed = await change(needs, session, (transcript) => finalised(transcript, tally, now.getTime()));
  if (closed === undefined) return;
  const { messages, complete } = closed;
  const head = { id: `finalised:${sessionId}`, source: 'compliance', at: now };
  await needs.bus.publish(TranscriptFinalised, makeFact(TranscriptFinalised, head, { ...session, messages, complete }));
  await needs.bus.forget([TranscriptAppended, TranscriptCompleted], session);
  await change(needs, session, (transcript) => ({
    ...transcript,
    clearedAtMs: transcript.clearedAtMs ?? now.getTime(),
  }));
}

const change = (
  { transcripts }: KeepNeeds,
  { tenantId, sessionId }: Pick<Transcript, 'tenantId' | 'sessionId'>,
  next: (transcript: Transcript) => Transcript,
): Promise<Transcript | undefined> =>
  transcripts.update<Transcript | undefined>(transcriptKey(tenantId, sessionId), (now) =>
    now === undefined ? { result: undefined } : { result: next(now), state: next(now) },
  );
