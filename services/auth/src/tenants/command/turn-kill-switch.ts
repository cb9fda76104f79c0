import type { SetKillSwitch } from '@vox/contracts';
import type { z } from 'zod';
import { setKillSwitch } from '../decide/switches.ts';
import { type ChangeTenantDependencies, changeTenant, stampOf } from './change-tenant.ts';

/** Engages or releases the kill switch of a tenant or of one key. Answers the version of the policy that says so. */
export async function turnKillSwitch(
  dependencies: ChangeTenantDependencies,
  { tenantId, widgetKey, engaged, ...by }: z.infer<(typeof SetKillSwitch)['request']>,
): Promise<number> {
  const stamp = stampOf(dependencies, by);
  const { version } = await changeTenant(dependencies, tenantId, stamp, (tenant) =>
    setKillSwitch(tenant, { widgetKey, engaged }),
  );
  return version;
}
