import {
  type Fact,
  makeFact,
  type ProviderCount,
  TranscriptAppended,
  TranscriptCompleted,
  UsageMetered,
} from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import type { WatchedCall } from './decide/call.ts';
import type { Utterance } from './decide/conversation.ts';

const source = 'session-broker';

/** Names what was counted, so that it counts once, whoever heard it and however often. */
function nameOf(counted: ProviderCount): string {
  if (counted.kind === 'response') return `response:${digest(counted.responseId)}`;
  return counted.kind === 'transcription' ? `transcription:${digest(counted.itemId)}` : `seconds:${counted.seconds}`;
}

export const countedFact = (
  { tenantId, sessionId, traceparent }: WatchedCall,
  counted: ProviderCount,
  connectedSeconds: number,
  at: Date,
): Fact<typeof UsageMetered> =>
  makeFact(
    UsageMetered,
    { id: `metered:${sessionId}:${nameOf(counted)}`, source, at, traceparent },
    { tenantId, sessionId, connectedSeconds, counted },
  );

export const saidFact = (
  { tenantId, sessionId }: WatchedCall,
  { id, role, text, atMs, meta }: Utterance,
  sequence: number,
  at: Date,
): Fact<typeof TranscriptAppended> =>
  makeFact(
    TranscriptAppended,
    { id: `transcript:${sessionId}:${digest(id)}`, source, at },
    {
      ...{ tenantId, sessionId, messageId: id, role, text, at: new Date(atMs).toISOString(), sequence },
      ...(meta && { meta: meta as Fact<typeof TranscriptAppended>['data']['meta'] }),
    },
  );

export const completedFact = ({ tenantId, sessionId }: WatchedCall, at: Date): Fact<typeof TranscriptCompleted> =>
  makeFact(TranscriptCompleted, { id: `transcript-completed:${sessionId}`, source, at }, { tenantId, sessionId });
