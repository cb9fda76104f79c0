import { type Fact, makeFact, TranscriptAppended, TranscriptCompleted } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';

const source = 'edge-guard';
type Whose = Readonly<{ tenantId: string; sessionId: string }>;
type Message = Omit<Fact<typeof TranscriptAppended>['data'], 'tenantId' | 'sessionId'>;

export const appendedFact = (whose: Whose, message: Message, at: Date): Fact<typeof TranscriptAppended> =>
  makeFact(
    TranscriptAppended,
    { id: `transcript:${whose.sessionId}:${digest(message.messageId)}`, source, at },
    { ...whose, ...message },
  );

export const completedFact = (whose: Whose, at: Date): Fact<typeof TranscriptCompleted> =>
  makeFact(TranscriptCompleted, { id: `transcript-completed:${whose.sessionId}`, source, at }, whose);
