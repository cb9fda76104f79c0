import { type Fact, makeFact, SourceSlipped, TranscriptFinalised } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Transcript } from '../decide/transcript.ts';

const source = 'compliance';
type OfSession = Pick<Transcript, 'tenantId' | 'sessionId'>;
type Publishing = Pick<Bus, 'publish'>;

/** The edge let something pass that had to be cut: it was cut only here. */
export async function publishSlip(
  bus: Publishing,
  { tenantId, sessionId }: OfSession,
  { id, at, found }: Readonly<{ id: string; at: Date; found: Fact<typeof SourceSlipped>['data']['found'] }>,
): Promise<void> {
  const data = { tenantId, sessionId, source: 'edge-guard', found };
  await bus.publish(SourceSlipped, makeFact(SourceSlipped, { id, source, at }, data));
}

export async function publishFinalised(bus: Publishing, transcript: Transcript, at: Date): Promise<void> {
  const { tenantId, sessionId, messages, complete } = transcript;
  const head = { id: `finalised:${sessionId}`, source, at };
  const data = { tenantId, sessionId, messages, complete };
  await bus.publish(TranscriptFinalised, makeFact(TranscriptFinalised, head, data));
}
