import { randomBytes, randomUUID } from 'node:crypto';
import { startAuth } from '@vox/auth/service';
import { memoryAgents, memoryKeyRings, memoryTenants } from '@vox/auth/twins';
import { type Agent, CreateWidgetKey, type KindLimits, type Policy, PutTenant, publicAgent } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { silentLog as log } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';

/** One tenant can be a hot document; a load of many tenants is what a platform has. */
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
  // What a person may open by default, so that the question is asked.
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

/** auth, so that a session's token finds a key to be signed with. */
export async function withAuth(bus: Bus): Promise<void> {
  await startAuth({
    bus,
    clock,
    log,
    uuid: randomUUID,
    random: randomBytes,
    tenants: memoryTenants(),
    agents: memoryAgents(),
    keyRings: memoryKeyRings(),
    defaults: { widget: limits, console: limits, ceiling: limits },
    sealKey: randomBytes(32),
    sweepMs: 60_000,
  });
}

/** Tenants with an agent and a widget key each; answers the keys. */
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

/** The key of the n-th of the tenants that are there from the start. */
export const seededKey = (n: number): string => `w_s${n}_page_${n.toString(16).padStart(16, '0')}`;

/** The policy of the n-th of them, as auth would show it. */
export const seededPolicy = (n: number): Policy => ({
  ...somePolicy({ ...draftOf(`s${n}`), agents: draftOf(`s${n}`).agents.map(publicAgent) }),
  keys: somePolicy().keys.map((key) => ({ ...key, key: seededKey(n), origins: [origin] })),
  limits: { widget: limits, console: limits },
});

/** Its agents, as auth would show them to the broker. */
export const seededAgents = (n: number): Agent[] => draftOf(`s${n}`).agents;
