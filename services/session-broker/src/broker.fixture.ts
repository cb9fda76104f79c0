import { generateKeyPairSync, randomUUID } from 'node:crypto';
import {
  AgentDocument,
  agentKey,
  EndSession,
  type Fact,
  Heartbeat,
  LeaseSigningKey,
  makeFact,
  type Policy,
  PolicyDocument,
  SessionAdmitted,
  SessionDecision,
} from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { derivedKey, type SealKeys } from '@vox/platform/crypto';
import { egress } from '@vox/platform/egress';
import { countersIn } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { type Clock, stoppedClock } from '@vox/platform/time';
import { crashingBus, someAgents, someOffer, somePolicy, someWidgetKey } from '@vox/testing';
import { onTestFinished } from 'vitest';
import { slotHolders } from './calls/keep/slot-holders.ts';
import { memoryStores } from './memory.ts';
import { callMaker } from './provider/command/make-call.ts';
import { agentReader } from './provider/command/read-agent.ts';
import { fakeProvider } from './provider/provider.fixture.ts';
import type { Provider } from './provider/publish/provider.ts';
import { providersOf } from './provider/publish/providers.ts';
import { startBroker } from './service.ts';
import { noSlots, type Slots, tidy } from './slots/decide/slots.ts';
import type { ToolsOptions } from './tools/mod.ts';
import { watchesIn } from './watch/in-hand.fixture.ts';

export const startedAt = '2026-05-05T12:00:00.000Z';
export const visitor = (n: number) => ({
  kind: 'widget' as const,
  widgetKey: someWidgetKey,
  visitorId: `v_${String(n).padStart(22, 'A')}`,
});
export const address = (n: number) => ({ addressMark: `a_${String(n).padStart(22, '0')}` });
/** Slots of a tenant that has had more people and addresses than are counted one by one. */
export const manyPeople: Slots = { ...noSlots, people: undefined, addresses: undefined };

const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });

/** `crash` is asked at every step of the stores and of the bus; `turn` delays each step of the stores. */
export type FixtureOptions = Readonly<{
  limits?: object;
  policy?: Partial<Policy>;
  copies?: number;
  crash?: (point: string) => void;
  turn?: () => Promise<unknown>;
  provider?: Partial<Provider>;
  /** Providers beside the standard one. */
  others?: (clock: Pick<Clock, 'now'>) => readonly Provider[];
  /** Asked before each step of the provider. */
  onProvider?: (step: string) => Promise<void> | void;
  proveSeconds?: number;
  tools?: Partial<Pick<ToolsOptions, 'toolEgress' | 'toolBounds' | 'callMcp' | 'runBuiltIn'>>;
}>;

export type Fixture = Awaited<ReturnType<typeof openBrokers>>;

/** Copies of the broker on twins, which close when the test is over. */
export async function openFixture(options: FixtureOptions = {}): Promise<Fixture> {
  const fixture = await openBrokers(options);
  onTestFinished(fixture.close);
  return fixture;
}

export async function openBrokers({
  limits = {},
  policy: amended = {},
  copies = 1,
  crash,
  turn,
  provider,
  others = () => [],
  onProvider,
  proveSeconds,
  tools = {},
}: FixtureOptions) {
  const clock = stoppedClock(startedAt);
  const bus = memoryBus({ clock, retryMs: 1 });
  const policy = somePolicy(amended, limits);
  for (const agent of someAgents(policy))
    await bus.documents(AgentDocument).put(agentKey('acme', policy.agentSetId, agent.agentId), agent);
  await bus.documents(PolicyDocument).put('acme', policy);
  await bus.answer(LeaseSigningKey.session, async () => ({
    kid: 'test-key',
    use: 'session' as const,
    x,
    d,
    signUntil: new Date(clock.now().getTime() + 3_600_000).toISOString(),
  }));
  const how = { fault: (point: string) => crash?.(point), ...(turn && { turn }) };
  const stores = memoryStores(how);
  const { slots, sessions } = stores;
  const atProvider = fakeProvider(clock, onProvider);
  const { hungUp } = atProvider;
  const calls: Provider = { ...atProvider.provider, ...provider };
  const options = {
    bus: crashingBus(bus, () => crash?.('bus')),
    ...stores,
    providers: [calls, ...others(clock)],
    transcriptionModel: 'gpt-transcribe',
    ...{ toolEgress: egress({ ports: [443], allowLoopback: true }), ...tools },
    hungUpByUsMs: 0,
    sealKey: Buffer.alloc(32, 1) as Uint8Array,
    proveSeconds,
    clock,
    log: silentLog,
    sweepMs: 3_600_000,
  };
  const providers = providersOf(options.providers);
  const brokers = await Promise.all(Array.from({ length: copies }, () => startBroker(options)));
  const admit = (sessionId: string, n: number, over: object = {}): Fact<typeof SessionAdmitted> =>
    makeFact(
      SessionAdmitted,
      { id: `admitted:${randomUUID()}`, source: 'test', at: clock.now() },
      {
        tenantId: 'acme',
        sessionId,
        identity: visitor(n),
        agentId: 'guide',
        model: 'gpt-realtime-2.1',
        voice: 'marin',
        deadlineAt: new Date(clock.now().getTime() + 5_000).toISOString(),
        maxSeconds: 900,
        reservedTokens: 0,
        reservedMicros: 0,
        ...over,
      },
    );
  /** Each fact once, as consumers take it: a repeat past the dedupe window bears the same id. */
  const factsOf = (name: string) => {
    const found = bus.published().filter(({ type }) => type.startsWith(`vox.${name}.v`));
    return [...new Map(found.map((fact) => [fact.id, fact])).values()];
  };
  return {
    bus,
    clock,
    atProvider,
    leads: stores.leads,
    brokers,
    slots,
    sessions,
    hungUp,
    admit,
    factsOf,
    /** Another copy, with other seal keys. */
    startWith: (sealKey: SealKeys) => startBroker({ ...options, sealKey }),
    /** For a handler of a copy that a test holds in its hand. */
    dependencies: {
      ...options,
      providers,
      withdrawn: { get: () => undefined },
      personKey: derivedKey(options.sealKey, 'person'),
      policies: { get: () => policy },
      revoked: { get: () => undefined },
      readAgent: agentReader(bus),
      makeCall: callMaker({ ...options, providers }),
      watches: watchesIn({ ...options, providers }),
      slots: countersIn(slots, noSlots),
      holders: slotHolders(sessions),
      sign: async () => 'token',
    },
    /** The head of a fact that a test publishes. */
    head: () => ({ id: randomUUID(), source: 'test', at: clock.now() }),
    grant: async (sessionId: string = randomUUID(), n = 1, over: object = {}) => {
      const waiting = bus.expect(SessionDecision, { timeoutMs: 2_000, holds: { offer: someOffer } });
      await bus.publish(SessionAdmitted, admit(sessionId, n, over), { replyTo: waiting.replyTo });
      return waiting.answer;
    },
    beat: (sessionId: string, active = true, callId?: string) =>
      bus.ask(Heartbeat, { tenantId: 'acme', sessionId, active, callId }),
    end: (sessionId: string) => bus.ask(EndSession, { tenantId: 'acme', sessionId }),
    /** Why calls ended, in their order. */
    reasons: () => factsOf('session.ended').map(({ data }) => (data as { reason: string }).reason),
    /** What is counted for the tenant now. */
    counts: async () => {
      const { open, starts, recent = {}, pending } = tidy((await slots.read('acme')) ?? noSlots, clock.now().getTime());
      return { open, starts, recent, pending };
    },
    live: async () => (await sessions.all(1_000)).flatMap(({ state }) => (state.kind === 'live' ? [state] : [])),
    sweepAll: () => Promise.all(brokers.map((broker) => broker.sweep())),
    async close() {
      await Promise.all(brokers.map((broker) => broker.stop()));
      await bus.close();
    },
  };
}
