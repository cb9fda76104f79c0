import type { Bus } from '@vox/platform/bus';
import {
  type AgentSet,
  removeAgentSet,
  type WithdrawAgentSetDependencies,
  withdrawAgentSet,
} from '../../agents/mod.ts';
import { type KeepVersionDependencies, keepVersion, someVersionNames } from '../../policy-versions/mod.ts';
import { withoutPublished } from '../decide/change.ts';
import { type Tenant, unkeptPuts } from '../decide/tenant.ts';
import type { Tenants } from '../keep.ts';
import { publishEntry } from '../publish.ts';
import { type PublishPolicyDependencies, publishPolicy } from './publish-policy.ts';

export type PublishOutboxDependencies = PublishPolicyDependencies &
  WithdrawAgentSetDependencies &
  KeepVersionDependencies &
  Readonly<{ bus: Pick<Bus, 'documents' | 'publish'>; tenants: Pick<Tenants, 'read' | 'update'> }>;

/**
 * Keeps what was put, publishes a tenant's changes, then clears them. The policy comes before the facts: whoever hears
 * of a change finds it in force. After a crash in between, the sweep publishes them again.
 */
export async function publishOutbox(
  dependencies: PublishOutboxDependencies,
  tenantId: string,
  { version, untold: entries }: Pick<Tenant, 'version' | 'untold'>,
): Promise<void> {
  if (entries.length === 0) return;
  for (const { puts, by, atMs } of unkeptPuts({ untold: entries }))
    await keepVersion(dependencies, { tenantId, by, atMs, ...puts });
  await publishPolicy(dependencies, tenantId);
  for (const entry of entries) await publishEntry(dependencies.bus, { tenantId, version }, entry);
  for (const { what } of entries)
    if (what.kind === 'policy' && what.drops !== undefined) await drop(dependencies, tenantId, what.drops);
  await dependencies.tenants.update(tenantId, (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: withoutPublished(known, entries) },
  );
}

/** Takes a set off the bus. It is kept for as long as a version that may be rolled back to names it. */
async function drop(dependencies: PublishOutboxDependencies, tenantId: string, set: AgentSet): Promise<void> {
  await withdrawAgentSet(dependencies, tenantId, set);
  if (!(await someVersionNames(dependencies, tenantId, set.agentSetId)))
    await removeAgentSet(dependencies, tenantId, set);
}
