import { consumers } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import type { Needs } from './needs.ts';
import { onBilled, onCall } from './on-call.ts';
import { onFact } from './on-fact.ts';
import { onSecurityEvent } from './on-security-event.ts';
import { onTranscript } from './on-transcript.ts';

/** Hears every fact that compliance keeps something of. */
export async function hearAll(bus: Bus, needs: Needs): Promise<readonly Consumption[]> {
  return [
    await bus.consume(consumers.complianceCalls, onCall(needs)),
    await bus.consume(consumers.complianceTranscripts, onTranscript(needs)),
    await bus.consume(consumers.complianceBills, onBilled(needs)),
    await bus.consume(consumers.complianceSecurity, onSecurityEvent(needs)),
    await bus.consume(consumers.auditCalls, onFact(needs)),
    await bus.consume(consumers.auditTrust, onFact(needs)),
    await bus.consume(consumers.auditPrivacy, onFact(needs)),
    await bus.consume(consumers.auditLedger, onFact(needs)),
  ];
}
