import { randomBytes, randomUUID } from 'node:crypto';
import { startAuth } from '@vox/auth/service';
import { memoryStores } from '@vox/auth/twins';
import { type Agent, CreateWidgetKey, type KindLimits, type Policy, PutTenant, publicAgent } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { egress } from '@vox/platform/egress';
import { givenMasterKeys } from '@vox/platform/master-keys';
import { silentLog as log } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';

/** One tenant alone can be a hot document. A platform has a load of many tenants. */
const tenants = 50;
/** A limit that a bench of refusals reaches at once. */
export const refusedAfter = 10;
/** A limit that no bench reaches. */
export const many = 1_000_000_000;
const limits: KindLimits = {
  requestsPerMinute: many,
  burst: 0,
  sessionStartsPerMinute: many,
  openSessions: many,
  openSessionsPerKey: null,
  // As many as a person may open by default, so that the limit is checked.
  openSessionsPerPerson: 2,
  openSessionsPerAddress: null,
  startsPerAddress: null,
  startsPerPerson: null,
  sessionSeconds: 60,
  idleSeconds: 60,
  tokensPerDay: many * 1_000,
  tokensPerMonth: null,
  microsPerDay: many * 1_000,
  microsPerMonth: null,
  secondsPerDay: null,
  secondsPerMonth: null,
};
export const origin = 'https://shop.example';
const draftOf = (tenantId: string) => ({
  tenantId,
  displayName: 'Bench',
  branding: { primaryColor: '#000000' },
  disclosure: 'A machine.',
  calls: 'both' as const,
  agents: [
    {
      agentId: 'guide',
      displayName: 'Guide',
      instructions: 'Be brief.',
      models: ['gpt-realtime-2.1'],
      voices: ['marin'],
      tools: [],
    },
  ],
  bot: { mode: 'off' as const, whenUnavailable: 'deny' as const },
});

/** Starts auth, so that there is a key to sign session tokens with. */
export async function withAuth(bus: Bus): Promise<void> {
  await startAuth({
    bus,
    clock,
    log,
    uuid: randomUUID,
    random: randomBytes,
    ...memoryStores(),
    defaults: { widget: limits, console: limits, ceiling: limits },
    sealKey: randomBytes(32),
    masterKeys: givenMasterKeys([randomBytes(32)]),
    codeRules: { lifeSeconds: 600, sendsPerHour: 3, triesMax: 5 },
    codePeppers: [randomBytes(32)],
    loginRules: { lifeMs: 86_400_000, longestMs: 604_800_000 },
    invitations: { lifeSeconds: 604_800, consoleUrl: 'http://127.0.0.1' },
    mailServer: { address: 'nowhere', send: async () => 'sent' },
    publicOrigins: new Set(['http://127.0.0.1']),
    allowLoopbackHttp: false,
    fetchOutside: async () => Response.error(),
    resolveTxt: async () => [],
    egress: egress({ ports: [443], allowLoopback: false }),
    sweepMs: 60_000,
  });
}

/** Makes tenants with an agent and a widget key each. Answers the keys. */
export async function withTenants(bus: Bus): Promise<string[]> {
  await withAuth(bus);
  const keys: string[] = [];
  for (let n = 0; n < tenants; n += 1) {
    const tenantId = `t${n}`;
    await bus.ask(PutTenant, { draft: draftOf(tenantId), actor: 'bench' });
    keys.push(
      (await bus.ask(CreateWidgetKey, { tenantId, label: 'page', origins: [origin], actor: 'bench' })).widgetKey,
    );
  }
  return keys;
}

/** The widget key of the n-th seeded tenant. */
export const seededKey = (n: number): string => `w_s${n}_page_${n.toString(16).padStart(16, '0')}`;

/** The policy of the n-th seeded tenant, as auth would show it. */
export const seededPolicy = (n: number): Policy => ({
  ...somePolicy({ ...draftOf(`s${n}`), agents: draftOf(`s${n}`).agents.map(publicAgent) }),
  keys: somePolicy().keys.map((key) => ({ ...key, key: seededKey(n), origins: [origin] })),
  limits: { widget: limits, console: limits },
});

/** The agents of the n-th seeded tenant, as auth would show them to the broker. */
export const seededAgents = (n: number): Agent[] => draftOf(`s${n}`).agents;
