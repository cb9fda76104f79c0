import {
  type AllowedCalls,
  AskSessionUsage,
  type Fact,
  makeFact,
  PolicyDocument,
  type ProviderCount,
  ReadUsage,
  ResetUsage,
  SessionEnded,
  SessionRequested,
  ShowLimits,
  type UsageAsked,
  UsageMetered,
  UsageReported,
} from '@vox/contracts';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { crashingBus, settled, somePolicy, someWidgetKey } from '@vox/testing';
import { capsOf } from './decide/caps.ts';
import { listPrices } from './decide/prices.ts';
import { memoryBudgets, memoryRequests, memoryUsageDays } from './keep/memory.ts';
import { startQuota } from './service.ts';

export const at = '2026-05-05T12:00:00.000Z';
export const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA' };
/** Where the fixture's only budget stands. */
export const budgetOfMay = 'acme:widget:2026-05';

const head = (id: string) => ({ id, source: 'test', at: new Date(at) });

export const requestOf = (sessionId: string, over: object = {}): Fact<typeof SessionRequested> =>
  makeFact(SessionRequested, head(`requested:${sessionId}`), {
    tenantId: 'acme',
    sessionId,
    identity,
    deadlineAt: new Date(Date.parse(at) + 5_000).toISOString(),
    ...over,
  });

export const endOf = (sessionId: string, connectedSeconds: number): Fact<typeof SessionEnded> =>
  makeFact(SessionEnded, head(`ended:${sessionId}`), {
    tenantId: 'acme',
    sessionId,
    identity,
    reason: 'client',
    grantedAt: at,
    endedAt: at,
    connectedSeconds,
  });

const meteredOf = (sessionId: string, connectedSeconds: number): Fact<typeof UsageMetered> =>
  makeFact(UsageMetered, head(`metered:${sessionId}:${connectedSeconds}`), {
    tenantId: 'acme',
    sessionId,
    connectedSeconds,
  });

const nameOf = (counted: ProviderCount): string => {
  if (counted.kind === 'seconds') return String(counted.seconds);
  return counted.kind === 'response' ? counted.responseId : counted.itemId;
};
/** What the provider counted of a brokered call, as its watch publishes it. */
export const countOf = (sessionId: string, counted: ProviderCount, connectedSeconds = 1): Fact<typeof UsageMetered> =>
  makeFact(UsageMetered, head(`metered:${sessionId}:${counted.kind}:${nameOf(counted)}`), {
    tenantId: 'acme',
    sessionId,
    connectedSeconds,
    counted,
  });

export const noTokens = { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0 };
/** What the provider says of one response. */
export const responseOf = (responseId: string, used: object): ProviderCount => ({
  kind: 'response',
  responseId,
  usage: { ...noTokens, ...used },
});

export const reportOf = (sessionId: string, responseId: string, used: object): Fact<typeof UsageReported> =>
  makeFact(UsageReported, head(`usage:${sessionId}:${responseId}:${Object.values(used).join('-')}`), {
    tenantId: 'acme',
    sessionId,
    responseId,
    usage: { ...noTokens, ...used },
  });

/**
 * `crash` is called at every step of the stores and around everything that quota publishes: what it throws is a crash.
 */
type FixtureOptions = Readonly<{
  limits?: object;
  models?: string[];
  calls?: AllowedCalls;
  copies?: number;
  crash?: (point: string, key?: string) => void;
  turn?: () => Promise<unknown>;
}>;

export type Fixture = Awaited<ReturnType<typeof openFixture>>;

/** Quota in `copies` copies, on a bus and stores in memory and a clock that stands. */
export async function openFixture(given: FixtureOptions = {}) {
  const { limits, models, calls = 'both', copies = 1, crash = () => undefined, turn } = given;
  const clock = stoppedClock(at);
  const bus: MemoryBus = memoryBus({ clock, retryMs: 1 });
  const { agents, ...like } = somePolicy({}, limits);
  const policy = { ...like, calls, agents: agents.map((agent) => ({ ...agent, models: models ?? agent.models })) };
  await bus.documents(PolicyDocument).put('acme', policy);
  const warned: object[] = [];
  const log = { ...silentLog, warn: (fields: object) => void warned.push(fields) };
  const steps = { fault: crash, ...(turn && { turn }) };
  const [budgets, requests, usageDays] = [memoryBudgets(steps), memoryRequests(steps), memoryUsageDays(steps)];
  const crashing = crashingBus(bus, () => crash('bus'));
  const options = { bus: crashing, budgets, requests, usageDays, prices: listPrices, clock, log, sweepMs: 3_600_000 };
  const running = await Promise.all(Array.from({ length: copies }, () => startQuota(options)));

  const request = async (sessionId: string, over: object = {}): Promise<void> => {
    await bus.publish(SessionRequested, requestOf(sessionId, over));
    await settled(bus);
  };
  const report = async (sessionId: string, responseId: string, used: object): Promise<void> => {
    await bus.publish(UsageReported, reportOf(sessionId, responseId, used));
    await settled(bus);
  };
  const meter = async (sessionId: string, connectedSeconds: number): Promise<void> => {
    await bus.publish(UsageMetered, meteredOf(sessionId, connectedSeconds));
    await settled(bus);
  };
  const count = async (sessionId: string, counted: ProviderCount, connectedSeconds?: number): Promise<void> => {
    await bus.publish(UsageMetered, countOf(sessionId, counted, connectedSeconds));
    await settled(bus);
  };
  const end = async (sessionId: string, connectedSeconds: number): Promise<void> => {
    await bus.publish(SessionEnded, endOf(sessionId, connectedSeconds));
    await settled(bus);
  };
  return {
    ...{ bus, budgets, requests, usageDays, clock, warned, caps: capsOf(policy.limits.widget) },
    // Each publishes one fact and waits until nothing is under way.
    ...{ request, report, meter, count, end },
    /** What was used on the day of the fixture. */
    usage: (over: Partial<UsageAsked> = {}) =>
      bus.ask(ReadUsage, { tenantId: 'acme', from: '2026-05-05', to: '2026-05-05', by: 'day', ...over }),
    limits: () => bus.ask(ShowLimits, { tenantId: 'acme' }),
    reset: (requestId: string) =>
      bus.ask(ResetUsage, { tenantId: 'acme', kind: 'widget', actor: 'operator:test', reason: 'a test', requestId }),
    usageOf: (sessionId: string, tenantId = 'acme') => bus.ask(AskSessionUsage, { tenantId, sessionId }),
    factsOf: (name: string) => bus.published().filter(({ type }) => type.startsWith(`vox.${name}.v`)),
    budget: () => budgets.read(budgetOfMay),
    sweep: () => Promise.all(running.map((copy) => copy.sweep())),
    async close() {
      await Promise.all(running.map((copy) => copy.stop()));
      await bus.close();
    },
  };
}
