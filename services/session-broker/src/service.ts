import {
  consumers,
  EndSession,
  EndSessions,
  EraseFrom,
  ExportFrom,
  Heartbeat,
  LeaseSigningKey,
  ListSessions,
  PolicyDocument,
} from '@vox/contracts';
import type { Consumption } from '@vox/platform/bus';
import { derivedKey, leasedSigner, readySealKey, SessionToken } from '@vox/platform/crypto';
import { countersIn } from '@vox/platform/store';
import { repeat } from '@vox/platform/time';
import { answerEnd, answerEndMany, answerHeartbeat, answerList } from './calls/accept/answers.ts';
import {
  onKeyRevoked,
  onKillSwitch,
  onQuotaExceeded,
  onReportDoubted,
  onTenantSuspended,
} from './calls/accept/on-ends.ts';
import { sweep } from './calls/accept/on-sweep.ts';
import { onUsageReported } from './calls/accept/on-usage-reported.ts';
import { answerErase, answerExport } from './calls/accept/subject-steps.ts';
import { onSessionAdmitted } from './calls/command/grant-session.ts';
import type { Needs } from './dependencies.ts';
import { guarded } from './provider/command/guard-provider.ts';
import { agentReader } from './provider/command/read-agent.ts';
import { noSlots } from './slots/decide/slots.ts';
import type { SlotCells } from './slots/keep/slots.ts';

export type BrokerOptions = Omit<Needs, 'policies' | 'agentOf' | 'sign' | 'slots' | 'sealKey' | 'personKey'> &
  Readonly<{
    slots: SlotCells;
    /** 32 bytes that client secrets and persons are sealed under. */
    sealKey: Uint8Array;
    sweepMs: number;
  }>;

/** Wires the rooms of the session broker. It opens nothing itself. */
export async function startBroker(
  options: BrokerOptions,
): Promise<{ stop: () => Promise<void>; sweep: () => Promise<void> }> {
  const { bus, clock } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const needs: Needs = {
    ...options,
    slots: countersIn(options.slots, noSlots),
    sealKey: readySealKey(options.sealKey),
    personKey: readySealKey(derivedKey(options.sealKey, 'person')),
    provider: guarded(options.provider, clock, options.log),
    policies,
    agentOf: agentReader(bus),
    sign: leasedSigner(SessionToken, () => bus.ask(LeaseSigningKey, { use: 'session' }), clock),
  };
  const failed = (error: unknown): void => options.log.warn({ error }, 'a sweep failed and will be tried again');
  // What ended while no broker ran gives its slots back before anybody new is told that there are none.
  await sweep(needs).catch(failed);
  const running: Consumption[] = [
    await bus.consume(consumers.brokerAdmissions, onSessionAdmitted(needs)),
    await bus.consume(consumers.brokerExceeded, onQuotaExceeded(needs)),
    await bus.consume(consumers.brokerReports, onUsageReported(needs)),
    await bus.consume(consumers.brokerDoubts, onReportDoubted(needs)),
    await bus.consume(consumers.brokerRevocations, onKeyRevoked(needs)),
    await bus.consume(consumers.brokerSuspensions, onTenantSuspended(needs)),
    await bus.consume(consumers.brokerKillSwitches, onKillSwitch(needs)),
    await bus.answer(Heartbeat, answerHeartbeat(needs)),
    await bus.answer(EndSession, answerEnd(needs)),
    await bus.answer(EndSessions, answerEndMany(needs)),
    await bus.answer(ListSessions, answerList(needs)),
    await bus.answer(ExportFrom['session-broker'], answerExport(needs)),
    await bus.answer(EraseFrom['session-broker'], answerErase(needs)),
  ];
  const sweeping = repeat(options.sweepMs, () => sweep(needs), failed);
  return {
    sweep: () => sweep(needs),
    async stop() {
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await policies.stop();
    },
  };
}
