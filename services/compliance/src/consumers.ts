import { consumers } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { onFact } from './audit/accept/on-fact.ts';
import { onSecurityEvent } from './audit/accept/on-security-event.ts';
import type { Dependencies } from './dependencies.ts';
import { onAlarm, onDoubt } from './incidents/accept/on-alarm.ts';
import { onBill } from './transcripts/accept/on-bill.ts';
import { onCall } from './transcripts/accept/on-call.ts';
import { onTranscript } from './transcripts/accept/on-transcript.ts';

/** Consumes every fact that compliance keeps something of. */
export async function consumeAll(bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> {
  return [
    await bus.consume(consumers.complianceCalls, onCall(dependencies)),
    await bus.consume(consumers.complianceTranscripts, onTranscript(dependencies)),
    await bus.consume(consumers.complianceBills, onBill(dependencies)),
    await bus.consume(consumers.complianceSecurity, onSecurityEvent(dependencies)),
    await bus.consume(consumers.complianceAlarms, onAlarm(dependencies)),
    await bus.consume(consumers.complianceDoubts, onDoubt(dependencies)),
    await bus.consume(consumers.auditCalls, onFact(dependencies)),
    await bus.consume(consumers.auditTrust, onFact(dependencies)),
    await bus.consume(consumers.auditPrivacy, onFact(dependencies)),
    await bus.consume(consumers.auditLedger, onFact(dependencies)),
  ];
}
