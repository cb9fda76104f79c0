import type { RevokeWidgetKey } from '@vox/contracts';
import type { z } from 'zod';
import { type ChangeTenantDependencies, changeTenant, stampOf } from '../../tenants/mod.ts';
import { revokeKey } from '../decide.ts';

/** Revokes a key for ever. Answers when it was revoked first. */
export async function revokeWidgetKey(
  dependencies: ChangeTenantDependencies,
  { tenantId, widgetKey, ...by }: z.infer<(typeof RevokeWidgetKey)['request']>,
): Promise<string> {
  const stamp = stampOf(dependencies, by);
  const { keys } = await changeTenant(dependencies, tenantId, stamp, (tenant) =>
    revokeKey(tenant, widgetKey, stamp.atMs),
  );
  return keys.find(({ key }) => key === widgetKey)?.revokedAt ?? new Date(stamp.atMs).toISOString();
}
