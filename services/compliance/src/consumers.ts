import { consumers } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { onFact } from './audit/accept/on-fact.ts';
import { onSecurityEvent } from './audit/accept/on-security-event.ts';
import type { Needs } from './dependencies.ts';
import { onBill } from './transcripts/accept/on-bill.ts';
import { onCall } from './transcripts/accept/on-call.ts';
import { onTranscript } from './transcripts/accept/on-transcript.ts';

/** Hears every fact that compliance keeps something of. */
export async function hearAll(bus: Bus, needs: Needs): Promise<readonly Consumption[]> {
  return [
    await bus.consume(consumers.complianceCalls, onCall(needs)),
    await bus.consume(consumers.complianceTranscripts, onTranscript(needs)),
    await bus.consume(consumers.complianceBills, onBill(needs)),
    await bus.consume(consumers.complianceSecurity, onSecurityEvent(needs)),
    await bus.consume(consumers.auditCalls, onFact(needs)),
    await bus.consume(consumers.auditTrust, onFact(needs)),
    await bus.consume(consumers.auditPrivacy, onFact(needs)),
    await bus.consume(consumers.auditLedger, onFact(needs)),
  ];
}
