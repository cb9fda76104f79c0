import { setTimeout as pause } from 'node:timers/promises';
import { type Policy, platform } from '@vox/contracts';
import type { Replica } from '@vox/platform/bus';
import { Fault, noTenant } from '@vox/platform/fault';
import { type RecordDependencies, recordAct } from './record-act.ts';

export type TenantDependencies = RecordDependencies &
  Readonly<{ policies: Readonly<{ get: Replica<Policy>['get']; current: () => boolean }> }>;

/** Whom a question is about, and who asks it. */
export type TenantQuestion = Readonly<{
  tenantId: string;
  actor?: string;
  reason?: string | undefined;
  requestId?: string | undefined;
}>;

/** A tenant that was created a moment ago stands in every replica by then. */
const replicatedMs = 250;

/**
 * Lets a question pass about a tenant that exists. About another nothing is done or recorded in its name, so that
 * nobody's audit log begins and nobody's keys are made: throws Fault NOT_FOUND, which names it. Who asked on purpose
 * stands in the platform's own log.
 */
export async function requireTenant(dependencies: TenantDependencies, asked: TenantQuestion): Promise<void> {
  const { tenantId, actor, reason, requestId } = asked;
  if (await isKnown(dependencies, tenantId)) return;
  const act = { tenantId: platform, action: 'tenant.miss', target: `tenant:${tenantId}`, reason, requestId };
  if (actor !== undefined) await recordAct(dependencies, { ...act, actor, outcome: 'refused' });
  throw noTenant(tenantId);
}

async function isKnown({ policies }: TenantDependencies, tenantId: string): Promise<boolean> {
  if (tenantId === platform || policies.get(tenantId) !== undefined) return true;
  await pause(replicatedMs);
  if (policies.get(tenantId) !== undefined) return true;
  if (!policies.current()) throw new Fault('UNAVAILABLE', {}, { cause: new Error('a tenant could have been missed') });
  return false;
}
