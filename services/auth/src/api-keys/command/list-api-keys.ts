import type { ApiKey } from '@vox/contracts';
import { type ReadTenantDependencies, readTenant } from '../../tenants/mod.ts';
import { shownKey } from '../decide/ring.ts';
import type { ApiKeyRings } from '../keep/api-key-rings.ts';

export type ListApiKeysDependencies = ReadTenantDependencies & Readonly<{ apiKeyRings: Pick<ApiKeyRings, 'read'> }>;

/** Every key of a tenant, the newest first. */
export async function listApiKeys(dependencies: ListApiKeysDependencies, tenantId: string): Promise<ApiKey[]> {
  await readTenant(dependencies, tenantId);
  const ring = await dependencies.apiKeyRings.read(tenantId);
  return (ring?.keys ?? []).map(shownKey).reverse();
}
