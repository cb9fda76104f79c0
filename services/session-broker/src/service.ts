import { LeaseSigningKey, PolicyDocument } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { derivedKey, leasedSigner, readySealKey, SessionToken } from '@vox/platform/crypto';
import { countersIn } from '@vox/platform/store';
import { repeat } from '@vox/platform/time';
import { onSweep } from './calls/accept/on-sweep.ts';
import type { Sessions } from './calls/keep/sessions.ts';
import { slotHolders } from './calls/keep/slot-holders.ts';
import { consumeAll } from './consumers.ts';
import type { Dependencies } from './dependencies.ts';
import { guardProvider } from './provider/command/guard-provider.ts';
import { agentReader } from './provider/command/read-agent.ts';
import { answerAll } from './responders.ts';
import { noSlots } from './slots/decide/slots.ts';
import type { SlotDocuments } from './slots/keep/slots.ts';

export type BrokerOptions = Pick<Dependencies, 'bus' | 'provider' | 'proveSeconds' | 'clock' | 'log'> &
  Readonly<{
    slots: SlotDocuments;
    sessions: Sessions;
    /** 32 bytes that client secrets and persons are sealed under. */
    sealKey: Uint8Array;
    sweepMs: number;
  }>;

/** `sweep` does at once what the timer does by itself. */
export type Broker = Readonly<{ sweep: () => Promise<void>; stop: () => Promise<void> }>;

/** Wires the rooms of the session broker. It opens nothing itself. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { bus, clock, log, sessions, sweepMs } = options;
  const policies = await bus.documents(PolicyDocument).follow();
  const guard = await accessGuard('session-broker', bus, clock);
  const dependencies: Dependencies = {
    ...options,
    slots: countersIn(options.slots, noSlots),
    holders: slotHolders(sessions),
    sealKey: readySealKey(options.sealKey),
    personKey: readySealKey(derivedKey(options.sealKey, 'person')),
    provider: guardProvider(options.provider, clock, log),
    policies,
    revoked: guard.revoked,
    readAgent: agentReader(bus),
    sign: leasedSigner(SessionToken, () => bus.ask(LeaseSigningKey.session, {}), clock),
  };
  const sweep = onSweep(dependencies);
  const failed = (error: unknown): void => log.warn({ error }, 'a sweep failed and will be tried again');
  // Sessions that ended while no broker ran free their slots before anybody new is told that there are none.
  await sweep().catch(failed);
  const running = [...(await consumeAll(bus, dependencies)), ...(await answerAll(guard.bus, dependencies))];
  const sweeping = repeat(sweepMs, sweep, failed);
  return {
    sweep,
    async stop() {
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
      await guard.stop();
      await policies.stop();
    },
  };
}
