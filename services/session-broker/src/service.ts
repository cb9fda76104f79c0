import { randomUUID } from 'node:crypto';
import { LeaseSigningKey, PolicyDocument, WithdrawalDocument } from '@vox/contracts';
import { accessGuard } from '@vox/platform/access';
import { leasedSigner, readySealKey, readySealKeys, type SealKeys, SessionToken } from '@vox/platform/crypto';
import { openHashKeys } from '@vox/platform/hash-keys';
import { redactor } from '@vox/platform/redaction-thread';
import { answerStatus, type KnownCopy } from '@vox/platform/status';
import { countersIn } from '@vox/platform/store';
import { repeat } from '@vox/platform/time';
import { onSweep } from './calls/accept/on-sweep.ts';
import { slotHolders } from './calls/keep/slot-holders.ts';
import { consumeAll } from './consumers.ts';
import type { Dependencies } from './dependencies.ts';
import { leave } from './leave.ts';
import { guardProvider } from './provider/command/guard-provider.ts';
import { callMaker } from './provider/command/make-call.ts';
import { measureProvider } from './provider/command/measure-provider.ts';
import { agentReader } from './provider/command/read-agent.ts';
import type { Provider } from './provider/publish/provider.ts';
import { providersOf } from './provider/publish/providers.ts';
import { answerAll, answerTools } from './responders.ts';
import { noSlots } from './slots/decide/slots.ts';
import type { BrokerStores } from './stores.ts';
import { builtInRunner, type ToolsOptions, toolsOf } from './tools/mod.ts';
import { watchesOf } from './watch/mod.ts';
import { onLookAround, onRenewal } from './watchers/accept/on-timer.ts';
import { forbiddenCallsEnder } from './watchers/command/end-forbidden.ts';
import { endWatched } from './watchers/command/end-watched.ts';
import { handOver } from './watchers/command/hand-over.ts';
import { activityMarker } from './watchers/command/mark-active.ts';
import { toolUser } from './watchers/command/use-tool.ts';

export type BrokerOptions = Pick<Dependencies, 'bus' | 'proveSeconds' | 'clock' | 'log'> &
  BrokerStores &
  Pick<ToolsOptions, 'toolEgress' | 'toolBounds' | 'callMcp' | 'runBuiltIn'> &
  Readonly<{
    providers: readonly Provider[];
    /** 32 bytes that client secrets and persons are sealed under; several while they are rotated. */
    sealKey: SealKeys;
    /** The model that writes down what visitors say. */
    transcriptionModel: string;
    sweepMs: number;
    /** How long the end of a call that the provider knows no more may take to be written down by whoever hung it up. */
    hungUpByUsMs?: number;
    copy?: KnownCopy;
  }>;

/** `sweep` does at once what the timers do by themselves. */
export type Broker = Readonly<{ sweep: () => Promise<void>; stop: () => Promise<void> }>;

/** How often a copy says that it lives. */
const renewMs = 1_000;
/** One call must not keep the others waiting. */
const readingBounds = { perCallMax: 8, waitingMax: 256, patienceMs: 10_000 };

/** Wires the rooms of the session broker. It opens nothing itself. */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { bus, clock, log, sessions, sweepMs, transcriptionModel, hungUpByUsMs = 3_000 } = options;
  const hashKeys = await openHashKeys(options.hashKeyStore, options.sealKey, ['person']);
  // What was closed or taken back before this copy began ends nothing here: it watches no call yet.
  let onChange: () => void = () => undefined;
  const policies = await bus.documents(PolicyDocument).follow(() => onChange());
  const withdrawn = await bus.documents(WithdrawalDocument).follow(() => onChange());
  const guard = await accessGuard('session-broker', bus, clock, () => onChange());
  const providers = providersOf(
    options.providers.map((provider) => guardProvider(measureProvider(provider), clock, log)),
  );
  const reading = redactor(readingBounds);
  const notDone = (error: unknown): void => log.warn({ error }, 'the end of a call will be tried again');
  const sealKey = readySealKeys(options.sealKey);
  const personKey = readySealKey(hashKeys.person);
  const readAgent = agentReader(bus);
  const { runBuiltIn = builtInRunner({ bus, policies }) } = options;
  const toolKeys = { sealKey, markKey: personKey };
  const tools = toolsOf({ ...options, ...toolKeys, policies, readAgent, redactor: reading, runBuiltIn });
  const watches = watchesOf({
    ...{ copy: randomUUID(), watchers: options.watchers, providers, bus, clock, log, policies, withdrawn },
    ...{ redactor: reading, transcriptionModel, useTool: toolUser(tools) },
    onActive: (call, nowMs, settings) => mark(call, nowMs, settings),
    onEnd: (call, why) => void endWatched({ ...dependencies, hungUpByUsMs }, call, why).catch(notDone),
  });
  const dependencies: Dependencies = {
    ...options,
    ...{ providers, policies, withdrawn, watches, tools, sealKey, personKey, readAgent },
    slots: countersIn(options.slots, noSlots),
    holders: slotHolders(sessions),
    makeCall: callMaker({ providers, log }),
    revoked: guard.revoked,
    sign: leasedSigner(SessionToken, () => bus.ask(LeaseSigningKey.session, {}), clock),
  };
  const mark = activityMarker(dependencies);
  const endForbidden = forbiddenCallsEnder({ ...dependencies, policies, revoked: guard.revoked });
  onChange = () => void endForbidden().catch(notDone);
  const [own, lookAround] = [onSweep(dependencies), onLookAround(dependencies, endForbidden)];
  const watch = onRenewal(dependencies);
  const sweep = async (): Promise<void> => {
    await own();
    await lookAround();
    await tools.sweep();
  };
  const failed = (error: unknown): void => log.warn({ error }, 'a sweep failed and will be tried again');
  // Sessions that ended while no broker ran free their slots before anybody new is told that there are none.
  await sweep().catch(failed);
  const running = [
    ...(await consumeAll(bus, dependencies)),
    ...(await answerAll(guard.bus, dependencies)),
    await answerStatus(guard.bus, { service: 'session-broker', bus, copy: options.copy }),
  ];
  const ofTools = await answerTools(guard.bus, dependencies);
  const timers = [repeat(sweepMs, sweep, failed), repeat(renewMs, watch, failed)];
  return {
    async sweep() {
      await sweep();
      await watch();
    },
    async stop() {
      for (const timer of timers) await timer.stop();
      await leave({ running, tools: ofTools, handOver: () => handOver(dependencies) });
      await reading.stop();
      await guard.stop();
      await withdrawn.stop();
      await policies.stop();
    },
  };
}
