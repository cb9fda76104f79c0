import type { TranscriptHeader } from '@vox/contracts';
import type { Transcript } from './transcript.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

/** What is shown of a transcript without a word of it. */
export const headerOf = (transcript: Transcript): TranscriptHeader => ({
  sessionId: transcript.sessionId,
  subjectId: transcript.subjectId,
  agentId: transcript.agentId,
  startedAt: iso(transcript.startedAtMs),
  endedAt: isoOrNull(transcript.endedAtMs),
  finalisedAt: isoOrNull(transcript.finalisedAtMs),
  messages: transcript.messages,
  complete: transcript.complete,
});
