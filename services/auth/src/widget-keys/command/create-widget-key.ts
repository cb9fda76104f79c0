import type { CreateWidgetKey } from '@vox/contracts';
import type { z } from 'zod';
import { type ChangeTenantDependencies, changeTenant, stampOf } from '../../tenants/mod.ts';
import { createKey, randomBytesOfKey, widgetKeyOf } from '../decide.ts';

export type NewKeyDependencies = ChangeTenantDependencies & Readonly<{ random: (size: number) => Uint8Array }>;

/** Creates a key that admits visitors of the origins. Answers the key. */
export async function createWidgetKey(
  dependencies: NewKeyDependencies,
  { tenantId, label, origins, agentIds, environment, expiresAt, ...by }: z.infer<(typeof CreateWidgetKey)['request']>,
): Promise<string> {
  const key = widgetKeyOf(tenantId, label, dependencies.random(randomBytesOfKey));
  const stamp = stampOf(dependencies, by);
  await changeTenant(dependencies, tenantId, stamp, (tenant) =>
    createKey(tenant, { key, label, origins, agentIds, environment, expiresAt }, stamp.atMs),
  );
  return key;
}
