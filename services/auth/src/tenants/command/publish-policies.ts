import { PolicyDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Log } from '@vox/platform/telemetry';
import type { Tenants } from '../keep.ts';
import { type KeepFirstVersionDependencies, keepFirstVersion } from './keep-first-version.ts';
import { type MoveAgentsOutDependencies, moveAgentsOut } from './move-agents-out.ts';
import { type PublishPolicyDependencies, publishPolicy } from './publish-policy.ts';
import { isUnreadable } from './read-tenant.ts';

export type PublishPoliciesDependencies = PublishPolicyDependencies &
  MoveAgentsOutDependencies &
  KeepFirstVersionDependencies &
  Readonly<{ tenants: Pick<Tenants, 'keys' | 'read' | 'update'>; log: Pick<Log, 'error'> }>;

const page = 200;

/**
 * Publishes every tenant's policy again: the platform's defaults may have changed since the last start, and the bus may
 * have lost its documents.
 */
export async function publishPolicies(dependencies: PublishPoliciesDependencies): Promise<void> {
  dependencies.publishedSets.clear();
  for (let after: string | undefined; ; ) {
    const tenantIds = await dependencies.tenants.keys(page, after);
    for (const tenantId of tenantIds) await publishOne(dependencies, tenantId);
    after = tenantIds.at(-1);
    if (tenantIds.length < page) return;
  }
}

/** A tenant that cannot be read is logged by name. It keeps no other tenant from its calls. */
async function publishOne(dependencies: PublishPoliciesDependencies, tenantId: string): Promise<void> {
  try {
    await moveAgentsOut(dependencies, tenantId);
    await keepFirstVersion(dependencies, tenantId);
    await publishPolicy(dependencies, tenantId);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    dependencies.log.error(
      { tenantId },
      'a tenant is kept in a form that this version cannot read: its policy is not published again',
    );
  }
}

/** Whether the bus has lost the policies, as a server does that starts without its data. */
export async function arePoliciesLost({
  bus,
  tenants,
}: Readonly<{ bus: Pick<Bus, 'documents'>; tenants: Pick<Tenants, 'keys'> }>): Promise<boolean> {
  const [first] = await tenants.keys(1);
  return first !== undefined && (await bus.documents(PolicyDocument).read(first)) === undefined;
}
