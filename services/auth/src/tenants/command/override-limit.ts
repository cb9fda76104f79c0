import type { OverrideLimit } from '@vox/contracts';
import type { z } from 'zod';
import { overrideLimit as decideOverride } from '../decide/override.ts';
import { type ChangeTenantDependencies, changeTenant, stampOf } from './change-tenant.ts';

/** Raises or lowers a limit until a moment, or ends that before its time. Answers the overrides in force. */
export async function overrideLimit(
  dependencies: ChangeTenantDependencies,
  { tenantId, kind, limit, value, until, ...by }: z.infer<(typeof OverrideLimit)['request']>,
): Promise<z.infer<(typeof OverrideLimit)['reply']>> {
  const stamp = stampOf(dependencies, by);
  const { version, overrides } = await changeTenant(dependencies, tenantId, stamp, (tenant) =>
    decideOverride(tenant, { kind, limit, value, until }, dependencies.defaults.ceiling, stamp.atMs),
  );
  return { version, overrides: overrides.filter((each) => Date.parse(each.until) > stamp.atMs) };
}
