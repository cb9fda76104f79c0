import { EraseFrom, ExportFrom } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { agentResponders } from './agents/accept/responders.ts';
import type { AuthDependencies } from './dependencies.ts';
import { keyAgeResponders } from './key-ages/accept/responders.ts';
import { signingKeyResponders } from './signing-keys/accept.ts';
import { tenantResponders } from './tenants/accept/responders.ts';
import { readTenant } from './tenants/command/read-tenant.ts';
import { webhookResponders } from './webhooks/accept/responders.ts';
import { widgetKeyResponders } from './widget-keys/accept.ts';

/** Answers every question that auth is asked. */
export const answerAll = async (dependencies: AuthDependencies): Promise<readonly Consumption[]> => [
  ...(await signingKeyResponders(dependencies)),
  ...(await agentResponders(dependencies)),
  ...(await tenantResponders(dependencies)),
  ...(await widgetKeyResponders(dependencies)),
  ...(await keyAgeResponders({
    ...dependencies,
    widgetKeysOf: async (tenantId) => (await readTenant(dependencies, tenantId)).keys,
  })),
  ...(await webhookResponders({
    ...dependencies,
    knowsTenant: async (tenantId) => (await dependencies.tenants.read(tenantId)) !== undefined,
  })),
  ...(await subjectStepResponders(dependencies.bus)),
];

/**
 * Auth knows tenants and keys, and no visitor: it has nothing of a person to export or to erase. It answers all the
 * same, so that a request is done only when every service has said so.
 */
const subjectStepResponders = async (bus: Pick<Bus, 'answer'>): Promise<Consumption[]> => [
  await bus.answer(ExportFrom.auth, async () => ({ records: [] })),
  await bus.answer(EraseFrom.auth, async () => ({ erased: 0 })),
];
