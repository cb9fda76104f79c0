import { isAlive, type PolicyKey } from '@vox/contracts';
import { type DocumentStore, rowsOf } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { Tenant } from '../../tenants/mod.ts';

/** Every widget key that works, of every tenant. */
export async function* workingWidgetKeys(
  tenants: Pick<DocumentStore<Tenant>, 'all'>,
  clock: Clock,
): AsyncGenerator<PolicyKey & Readonly<{ tenantId: string }>> {
  const nowMs = clock.now().getTime();
  for await (const { key: tenantId, state } of rowsOf(tenants))
    for (const key of state.keys) if (isAlive(key, nowMs)) yield { ...key, tenantId };
}
