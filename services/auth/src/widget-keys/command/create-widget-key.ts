import type { CreateWidgetKey } from '@vox/contracts';
import type { z } from 'zod';
import { type ChangeTenantDependencies, changeTenant, stampOf } from '../../tenants/mod.ts';
import { createKey, randomBytesOfKey, widgetKeyOf } from '../decide.ts';

export type NewKeyDependencies = ChangeTenantDependencies & Readonly<{ random: (size: number) => Uint8Array }>;

/** Creates a key that admits visitors of the origins. Answers the key. */
export async function createWidgetKey(
  dependencies: NewKeyDependencies,
  { tenantId, label, origins, agentIds, ...by }: z.infer<(typeof CreateWidgetKey)['request']>,
): Promise<string> {
  const key = widgetKeyOf(tenantId, label, dependencies.random(randomBytesOfKey));
  await changeTenant(dependencies, tenantId, stampOf(dependencies, by), (tenant) =>
    createKey(tenant, { key, label, origins, agentIds }),
  );
  return key;
}
