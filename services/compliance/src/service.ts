import { consumers, VerifyAudit } from '@vox/shared/contracts';
import type { Needs } from './accept/needs.ts';
import { onFact } from './accept/on-fact.ts';
import { answerVerify } from './accept/verify.ts';

export type ComplianceOptions = Needs;

/** Wires the rooms of compliance. It opens nothing itself. */
export async function startCompliance(needs: ComplianceOptions): Promise<{ stop: () => Promise<void> }> {
  const running = [
    await needs.bus.consume(consumers.auditCalls, onFact(needs)),
    await needs.bus.consume(consumers.auditTrust, onFact(needs)),
    await needs.bus.answer(VerifyAudit, answerVerify(needs)),
  ];
  return {
    async stop() {
      for (const each of running.reverse()) await each.stop();
    },
  };
}
