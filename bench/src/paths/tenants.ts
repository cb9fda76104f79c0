import { randomBytes, randomUUID } from 'node:crypto';
import { startAuth } from '@vox/auth/service';
import { memoryKeyRings, memoryTenants } from '@vox/auth/twins';
import type { Bus } from '@vox/shared/bus';
import { CreateWidgetKey, type KindLimits, PutTenant } from '@vox/shared/contracts';
import { silentLog as log } from '@vox/shared/telemetry';
import { systemClock as clock } from '@vox/shared/time';

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
  openSessionsPerPerson: many,
  sessionSeconds: 60,
  idleSeconds: 60,
  tokensPerDay: many * 1_000,
  tokensPerMonth: null,
  microsPerDay: many * 1_000,
  microsPerMonth: null,
  secondsPerDay: null,
  secondsPerMonth: null,
};
const origin = 'https://shop.example';

/** Tenants with an agent and a widget key each; answers the keys. */
export async function withTenants(bus: Bus): Promise<string[]> {
  const common = { bus, clock, log, uuid: randomUUID, random: randomBytes };
  await startAuth({
    ...common,
    tenants: memoryTenants(),
    keyRings: memoryKeyRings(),
    defaults: { widget: limits, console: limits, ceiling: limits },
    sealKey: randomBytes(32),
    sweepMs: 60_000,
  });
  const keys: string[] = [];
  for (let n = 0; n < tenants; n += 1) {
    const tenantId = `t${n}`;
    const agent = {
      agentId: 'guide',
      displayName: 'Guide',
      instructions: 'Be brief.',
      models: ['gpt-realtime'],
      voices: ['marin'],
      tools: [],
    };
    const draft = {
      tenantId,
      displayName: 'Bench',
      branding: { primaryColor: '#000000' },
      disclosure: 'A machine.',
      agents: [agent],
      bot: { mode: 'off', whenUnavailable: 'deny' },
    };
    await bus.ask(PutTenant, { draft, actor: 'bench' });
    keys.push(
      (await bus.ask(CreateWidgetKey, { tenantId, label: 'page', origins: [origin], actor: 'bench' })).widgetKey,
    );
  }
  return keys;
}
