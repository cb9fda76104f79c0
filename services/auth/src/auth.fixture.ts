import { randomBytes, randomUUID } from 'node:crypto';
import { AgentDocument, agentKey, CreateWidgetKey, type Policy, PolicyDocument, PutTenant } from '@vox/contracts';
import { type Bus, type MemoryBus, memoryBus } from '@vox/platform/bus';
import { type Egress, egress } from '@vox/platform/egress';
import { type Log, silentLog } from '@vox/platform/telemetry';
import { type StoppedClock, stoppedClock } from '@vox/platform/time';
import { z } from 'zod';
import {
  codeRulesOf,
  codeSettings,
  defaultsOf,
  invitationsOf,
  limitSettings,
  loginRulesOf,
  loginSettings,
} from './config.ts';
import type { MailServer } from './courier/mod.ts';
import { memoryApiKeyRings, memoryStores, memoryTenants } from './memory.ts';
import { memoryMasterKeys } from './secrets/master-keys.fixture.ts';
import { type AuthOptions, startAuth } from './service.ts';
import type { Stores } from './stores.ts';
import type { Tenants } from './tenants/keep.ts';

export const guide = {
  agentId: 'guide',
  displayName: 'Guide',
  instructions: 'Help.',
  models: ['gpt-realtime-2.1'],
  voices: ['marin'],
  tools: [],
};
export const draft = {
  tenantId: 'acme',
  displayName: 'Acme',
  branding: { primaryColor: '#123456' },
  disclosure: 'You are talking to a machine.',
  agents: [guide],
  bot: { mode: 'off', whenUnavailable: 'deny' },
};
export const origin = 'https://acme.example';

/** So many agents whose instructions are these words and a number. */
export const agentsSaying = (words: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...guide, agentId: `a${n}`, instructions: `${words} ${n}` }));

/** What the broker reads of the agents that a policy names. */
export async function instructionsOf(bus: Bus, policy: Policy | undefined): Promise<(string | undefined)[]> {
  const { tenantId = '', agents = [], agentSetId = '' } = policy ?? {};
  const documents = bus.documents(AgentDocument);
  const found = agents.map(({ agentId }) => documents.read(agentKey(tenantId, agentSetId, agentId)));
  return (await Promise.all(found)).map((agent) => agent?.instructions);
}

const logins = z.object(loginSettings).parse({});
const defaults = defaultsOf(z.object(limitSettings).parse({}));

type Amendments = Readonly<{
  copies?: number;
  /** The bus between auth and what it publishes. */
  busOf?: (bus: MemoryBus) => MemoryBus;
  tenantsOf?: (tenants: Tenants) => Tenants;
  log?: Log;
  mailServer?: MailServer;
  clock?: StoppedClock;
  egress?: Egress;
  queueDigest?: AuthOptions['queueDigest'];
  masterKeys?: AuthOptions['masterKeys'];
  /** The stores of webhooks, of which some may fail. */
  storesOf?: (stores: Stores) => Partial<Stores>;
}>;

const noMailServer: MailServer = { address: 'nowhere', send: async () => 'sent' };

/** What auth is started with in a test, besides its bus, stores and clock. */
export const authSettings: Omit<
  AuthOptions,
  keyof ReturnType<typeof memoryStores> | 'bus' | 'clock' | 'uuid' | 'random' | 'log' | 'sweepMs'
> = {
  defaults,
  sealKey: Buffer.alloc(32, 1),
  masterKeys: memoryMasterKeys(),
  codeRules: codeRulesOf(z.object(codeSettings).parse({})),
  codePeppers: [Buffer.alloc(32, 2)],
  loginRules: loginRulesOf(logins),
  invitations: invitationsOf(logins),
  mailServer: noMailServer,
  egress: egress({ ports: [443], allowLoopback: true, breaker: false }),
  publicOrigins: new Set([origin]),
  allowLoopbackHttp: true,
  fetchOutside: (url, init) => fetch(url, init as RequestInit),
  resolveTxt: async () => [],
};

/**
 * Auth in a test: a bus and stores in memory, a stopped clock, and stores of tenants and API keys that can crash after
 * a write.
 */
export async function authOnTwins({
  copies = 1,
  busOf = (bus) => bus,
  tenantsOf = (tenants) => tenants,
  log = silentLog,
  mailServer = noMailServer,
  clock = stoppedClock('2026-05-05T12:00:00.000Z'),
  egress: wayOut = authSettings.egress,
  queueDigest,
  masterKeys = authSettings.masterKeys,
  storesOf = () => ({}),
}: Amendments = {}) {
  const bus = memoryBus({ clock, retryMs: 1 });
  let isCrashing = false;
  const fault = (point: string): void => {
    if (isCrashing && point === 'written') throw new Error('crash');
  };
  const kept = {
    ...memoryStores(),
    tenants: tenantsOf(memoryTenants({ fault })),
    apiKeyRings: memoryApiKeyRings({ fault }),
  };
  const stores: Stores = { ...kept, ...storesOf(kept) };
  const start = () =>
    startAuth({
      ...stores,
      bus: busOf(bus),
      ...authSettings,
      defaults: { ...defaults, ceiling: { ...defaults.ceiling, openSessions: 100 } },
      mailServer,
      masterKeys,
      egress: wayOut,
      queueDigest,
      clock,
      uuid: randomUUID,
      random: randomBytes,
      log,
      sweepMs: 5,
    });
  const services = await Promise.all(Array.from({ length: copies }, start));
  const stopServices = async (): Promise<void> => {
    for (const each of services) await each.stop();
  };
  const published = () => bus.published().filter(({ subject, type }) => subject === 'acme' && !type.includes('acted'));
  return {
    ...stores,
    bus,
    clock,
    start,
    stopServices,
    crash(on: boolean): void {
      isCrashing = on;
    },
    policy: () => bus.documents(PolicyDocument).read('acme'),
    putTenant: (over: object = {}) => bus.ask(PutTenant, { draft: { ...draft, ...over }, actor: 'test' }),
    createKey: (origins: string[] = [origin]) =>
      bus.ask(CreateWidgetKey, { tenantId: 'acme', label: 'site', origins, actor: 'test' }),
    /** The types of what was published of the tenant, without the area that all share. */
    publishedTypes: (): string[] => published().map(({ type }) => type.split('.').slice(2).join('.')),
    async close(): Promise<void> {
      await stopServices();
      await bus.close();
    },
  };
}

export type AuthOnTwins = Awaited<ReturnType<typeof authOnTwins>>;
