import type { Consumption } from '@vox/shared/bus';
import {
  consumers,
  EndSession,
  EndSessions,
  Heartbeat,
  LeaseSigningKey,
  ListSessions,
  PolicyDocument,
} from '@vox/shared/contracts';
import { leasedSigner, SessionToken } from '@vox/shared/crypto';
import { repeat } from '@vox/shared/time';
import { answerEnd, answerEndMany, answerHeartbeat, answerList } from './accept/answers.ts';
import type { Needs } from './accept/needs.ts';
import { onKeyRevoked, onKillSwitch, onQuotaExceeded, onTenantSuspended } from './accept/on-ends.ts';
import { onSessionAdmitted } from './accept/on-session-admitted.ts';
import { sweep } from './accept/on-sweep.ts';
import { guarded } from './accept/provider-breaker.ts';

export type BrokerOptions = Omit<Needs, 'policies' | 'sign'> & Readonly<{ sweepMs: number }>;

/** Wires the rooms of the session broker. It opens nothing itself. */
export async function startBroker(
  options: BrokerOptions,
): Promise<{ stop: () => Promise<void>; sweep: () => Promise<void> }> {
  const { bus, clock } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const needs: Needs = {
    ...options,
    provider: guarded(options.provider, clock),
    policies,
    sign: leasedSigner(SessionToken, () => bus.ask(LeaseSigningKey, { use: 'session' }), clock),
  };
  const running: Consumption[] = [
    await bus.consume(consumers.brokerAdmissions, onSessionAdmitted(needs)),
    await bus.consume(consumers.brokerExceeded, onQuotaExceeded(needs)),
    await bus.consume(consumers.brokerRevocations, onKeyRevoked(needs)),
    await bus.consume(consumers.brokerSuspensions, onTenantSuspended(needs)),
    await bus.consume(consumers.brokerKillSwitches, onKillSwitch(needs)),
    await bus.answer(Heartbeat, answerHeartbeat(needs)),
    await bus.answer(EndSession, answerEnd(needs)),
    await bus.answer(EndSessions, answerEndMany(needs)),
    await bus.answer(ListSessions, answerList(needs)),
  ];
  const sweeping = repeat(
    options.sweepMs,
    () => sweep(needs),
    (error) => options.log.warn({ error }, 'a sweep failed and will be tried again'),
  );
  return {
    sweep: () => sweep(needs),
    async stop() {
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await policies.stop();
    },
  };
}
