import type { Log } from '@vox/platform/telemetry';
import { type FinaliseTranscript, finaliseTranscript } from '../command/finalise-transcript.ts';
import type { Transcripts } from '../keep/transcripts.ts';

const batch = 50;
type OnTranscriptSweep = FinaliseTranscript & Readonly<{ transcripts: Pick<Transcripts, 'due'>; log: Log }>;

/** Finalises the transcripts of calls that are over. Several copies may run it at once. */
export async function finaliseDue(dependencies: OnTranscriptSweep): Promise<void> {
  const { transcripts, clock, log } = dependencies;
  // One that cannot be finalised now must not keep the others waiting.
  for (const { state } of await transcripts.due(clock.now().getTime(), batch))
    await finaliseTranscript(dependencies, state).catch((error: unknown) =>
      log.warn({ error, session: state.sessionId }, 'a transcript could not be finalised and will be tried again'),
    );
}
