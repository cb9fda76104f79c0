import { type ApiKey, isAlive, type PolicyKey } from '@vox/contracts';
import { listApiKeys } from './api-keys/command/list-api-keys.ts';
import type { CheckedKey, CheckedTenant } from './checklist/mod.ts';
import type { AuthDependencies } from './dependencies.ts';
import { ageOfWidgetKey } from './key-ages/mod.ts';
import { hasFactor } from './second-factors/mod.ts';
import { policyOf } from './tenants/decide/policy.ts';
import { readTenant } from './tenants/mod.ts';

const dayMs = 86_400_000;
const msOrNull = (moment: string | null): number | null => (moment === null ? null : Date.parse(moment));

/** All that the checklist looks at of a tenant. Each domain hands over its part. */
export const checkedTenantOf =
  (dependencies: AuthDependencies) =>
  async (tenantId: string): Promise<CheckedTenant> => {
    const nowMs = dependencies.clock.now().getTime();
    const tenant = await readTenant(dependencies, tenantId);
    const living = tenant.keys.filter((key) => isAlive(key, nowMs));
    const widgetKeys = await Promise.all(living.map((key) => widgetKeyOf(dependencies, tenantId, key)));
    const apiKeys = (await listApiKeys(dependencies, tenantId)).filter((key) => isAlive(key, nowMs));
    const book = await dependencies.endpoints.read(tenantId);
    const told = (book?.endpoints ?? [])
      .filter(({ disabledWhy }) => disabledWhy === null)
      .flatMap(({ types }) => types);
    return {
      policy: policyOf(tenant, dependencies.defaults),
      keys: [...widgetKeys, ...apiKeys.map((key) => apiKeyOf(key, nowMs))],
      owners: await ownersOf(dependencies, tenantId),
      ...{ told, nowMs },
    };
  };

async function widgetKeyOf(dependencies: AuthDependencies, tenantId: string, key: PolicyKey): Promise<CheckedKey> {
  const { ageDays, lastUsedAt } = await ageOfWidgetKey(dependencies, tenantId, key);
  const { environment, origins, expiresAt } = key;
  return {
    ...{ kind: 'widget key', environment, origins, ageDays },
    ...{ lastUsedMs: msOrNull(lastUsedAt), expires: expiresAt !== null },
  };
}

const apiKeyOf = ({ env, createdAt, lastUsedAt, expiresAt }: ApiKey, nowMs: number): CheckedKey => ({
  ...{ kind: 'API key', environment: env, origins: [], expires: expiresAt !== null },
  ageDays: Math.max(0, Math.floor((nowMs - Date.parse(createdAt)) / dayMs)),
  lastUsedMs: msOrNull(lastUsedAt),
});

async function ownersOf(dependencies: AuthDependencies, tenantId: string): Promise<CheckedTenant['owners']> {
  const members = (await dependencies.rosters.read(tenantId))?.members ?? [];
  const owners = members.filter(({ role, joinedAtMs }) => role === 'owner' && joinedAtMs !== null);
  return Promise.all(
    owners.map(async ({ memberId }) => ({ hasFactor: await hasFactor(dependencies, { tenantId, memberId }) })),
  );
}
