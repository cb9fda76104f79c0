import { CreateApiKey, ListApiKeys, ProveApiKey, RevokeApiKey, RotateApiKey } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { auditedRefusals, type RefusalDependencies } from '../../tenants/mod.ts';
import { createApiKey } from '../command/create-api-key.ts';
import { type ListApiKeysDependencies, listApiKeys } from '../command/list-api-keys.ts';
import { type ProveApiKeyDependencies, proveApiKey } from '../command/prove-api-key.ts';
import { revokeApiKey } from '../command/revoke-api-key.ts';
import { type RotateApiKeyDependencies, rotateApiKey } from '../command/rotate-api-key.ts';

export type ApiKeyResponderDependencies = RotateApiKeyDependencies &
  ListApiKeysDependencies &
  ProveApiKeyDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

export async function apiKeyResponders(dependencies: ApiKeyResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  return [
    await bus.answer(ProveApiKey, (request) => proveApiKey(dependencies, request)),
    await bus.answer(ListApiKeys, async ({ tenantId }) => ({ keys: await listApiKeys(dependencies, tenantId) })),
    await bus.answer(CreateApiKey, (asked, { role }) =>
      audited('api-key.create', (request: typeof asked) => createApiKey(dependencies, request, role))(asked),
    ),
    await bus.answer(RotateApiKey, (asked, { role }) =>
      audited('api-key.rotate', (request: typeof asked) => rotateApiKey(dependencies, request, role))(asked),
    ),
    await bus.answer(
      RevokeApiKey,
      audited('api-key.revoke', async (request) => ({ revokedAt: await revokeApiKey(dependencies, request) })),
    ),
  ];
}
