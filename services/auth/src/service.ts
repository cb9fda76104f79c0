import {
  CreateWidgetKey,
  LeaseSigningKey,
  PolicyDocument,
  PutAgent,
  PutTenant,
  RevokeWidgetKey,
  RotateSigningKey,
  RotateWidgetKey,
  SetKillSwitch,
  SetTenantStatus,
  ShowAgent,
  ShowTenant,
  TokenUse,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { repeat } from '@vox/platform/time';
import { answerPutAgent, answerShowAgent, dropUnnamed, moveOut } from './agents/command/keep-agent.ts';
import type { Needs } from './dependencies.ts';
import { answerSubjectSteps } from './responders.ts';
import { ensureRing, lend, rotateNow, tellNewest } from './signing-keys/command/ensure-key-ring.ts';
import { refusalsTold } from './tenants/accept/refusals.ts';
import {
  answerCreateKey,
  answerKillSwitch,
  answerPut,
  answerRevokeKey,
  answerRotateKey,
  answerStatus,
  showPolicy,
  showWhole,
  tellAll,
} from './tenants/command/put-tenant.ts';
import { isUnreadable, keptTenant } from './tenants/command/read-tenant.ts';

export type AuthOptions = Omit<Needs, 'shownSets'> & Readonly<{ sweepMs: number }>;

const page = 200;

/** Wires the rooms of auth. It opens nothing itself. */
export async function startAuth(options: AuthOptions): Promise<{ stop: () => Promise<void> }> {
  const needs: AuthOptions & Needs = { ...options, shownSets: new Map() };
  const { bus } = needs;
  for (const use of TokenUse.options) await tellNewest(needs, await ensureRing(needs, use));
  await showAll(needs, bus);
  const told = refusalsTold(needs);
  const running: Consumption[] = [
    await bus.answer(LeaseSigningKey, ({ use }) => lend(needs, use)),
    await bus.answer(RotateSigningKey, async ({ use, ...by }) => ({ kid: await rotateNow(needs, use, by) })),
    await bus.answer(PutAgent, answerPutAgent(needs)),
    await bus.answer(ShowAgent, answerShowAgent(needs)),
    await bus.answer(PutTenant, told('tenant.put', answerPut(needs))),
    await bus.answer(ShowTenant, async ({ tenantId }) => ({ policy: await showPolicy(needs, tenantId) })),
    await bus.answer(
      SetTenantStatus,
      told(({ status }) => (status === 'active' ? 'tenant.resume' : 'tenant.suspend'), answerStatus(needs)),
    ),
    await bus.answer(
      SetKillSwitch,
      told(({ engaged }) => (engaged ? 'kill-switch.engage' : 'kill-switch.release'), answerKillSwitch(needs)),
    ),
    await bus.answer(CreateWidgetKey, told('key.create', answerCreateKey(needs))),
    await bus.answer(RotateWidgetKey, told('key.rotate', answerRotateKey(needs))),
    await bus.answer(RevokeWidgetKey, told('key.revoke', answerRevokeKey(needs))),
    ...(await answerSubjectSteps(bus)),
  ];
  let relinked = false;
  const unlisten = bus.onRelink(() => {
    relinked = true;
  });
  const sweep = async (): Promise<void> => {
    if (relinked) {
      if (await isLost(needs, bus)) await showAll(needs, bus);
      relinked = false;
    }
    for (const use of TokenUse.options) await ensureRing(needs, use);
    for (const { key, state } of await needs.tenants.due(needs.clock.now().getTime(), page))
      await tellAll(needs, key, state);
    await dropUnnamed(needs);
  };
  const sweeping = repeat(needs.sweepMs, sweep, (error) =>
    needs.log.warn({ error }, 'a sweep failed and will be tried again'),
  );
  return {
    async stop() {
      unlisten();
      await sweeping.stop();
      for (const each of running.reverse()) await each.stop();
    },
  };
}

/** Whether the bus has lost what it was shown, as a server does that starts without its data. */
async function isLost(needs: Needs, bus: Bus): Promise<boolean> {
  const [first] = await needs.tenants.keys(1);
  return first !== undefined && (await bus.documents(PolicyDocument).read(first)) === undefined;
}

/** The platform's defaults may be others than at the last start, and the bus may have lost its documents: all are shown again. */
async function showAll(needs: Needs, bus: Bus): Promise<void> {
  needs.shownSets.clear();
  for (let after: string | undefined; ; ) {
    const found = await needs.tenants.keys(page, after);
    for (const tenantId of found) await show(needs, bus, tenantId);
    after = found.at(-1);
    if (found.length < page) return;
  }
}

/** One tenant that cannot be read is named, and keeps none of the others from its calls. */
async function show(needs: Needs, bus: Bus, tenantId: string): Promise<void> {
  try {
    await moveOut(needs, tenantId, await keptTenant(needs, tenantId));
    await bus.documents(PolicyDocument).renew(tenantId, () => showWhole(needs, tenantId));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    needs.log.error({ tenantId }, 'what is kept of a tenant cannot be read: it is not shown');
  }
}
