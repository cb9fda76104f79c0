import type { Bus } from '@vox/platform/bus';
import { type DropAgentSetDependencies, dropAgentSet } from '../../agents/mod.ts';
import { withoutPublished } from '../decide/change.ts';
import type { Tenant } from '../decide/tenant.ts';
import type { Tenants } from '../keep.ts';
import { publishEntry } from '../publish.ts';
import { type PublishPolicyDependencies, publishPolicy } from './publish-policy.ts';

export type PublishOutboxDependencies = PublishPolicyDependencies &
  DropAgentSetDependencies &
  Readonly<{ bus: Pick<Bus, 'documents' | 'publish'>; tenants: Pick<Tenants, 'read' | 'update'> }>;

/**
 * Publishes a tenant's changes, then clears them. The policy comes before the facts: whoever hears of a change finds it
 * in force. After a crash in between, the sweep publishes them again.
 */
export async function publishOutbox(
  dependencies: PublishOutboxDependencies,
  tenantId: string,
  { version, untold: entries }: Pick<Tenant, 'version' | 'untold'>,
): Promise<void> {
  if (entries.length === 0) return;
  await publishPolicy(dependencies, tenantId);
  for (const entry of entries) await publishEntry(dependencies.bus, { tenantId, version }, entry);
  for (const { what } of entries)
    if (what.kind === 'policy' && what.drops !== undefined) await dropAgentSet(dependencies, tenantId, what.drops);
  await dependencies.tenants.update(tenantId, (known) =>
    known === undefined ? { result: undefined } : { result: undefined, state: withoutPublished(known, entries) },
  );
}
