import { Redeliver } from '@vox/contracts';
import type { Consumption } from '@vox/platform/bus';
import { agentResponders } from './agents/accept/responders.ts';
import { apiKeyResponders } from './api-keys/accept/responders.ts';
import { callDecisionResponders } from './call-decisions/accept/responders.ts';
import { checklistResponders } from './checklist/accept.ts';
import { checkedTenantOf } from './checklist-sources.ts';
import type { AuthDependencies } from './dependencies.ts';
import { keyAgeResponders } from './key-ages/accept/responders.ts';
import { loginResponders } from './logins/accept/responders.ts';
import { memberResponders } from './members/accept/responders.ts';
import { policyVersionResponders } from './policy-versions/accept.ts';
import { ceremonyResponders } from './second-factors/accept/ceremonies.ts';
import { ownFactorResponders } from './second-factors/accept/own-factors.ts';
import { secretResponders } from './secrets/accept/responders.ts';
import { secretNames } from './secrets/mod.ts';
import { signingKeyResponders } from './signing-keys/accept.ts';
import { singleSignOnResponders } from './single-sign-on/accept/responders.ts';
import { subjectStepResponders } from './subject-steps.ts';
import { tenantResponders } from './tenants/accept/responders.ts';
import { readTenant } from './tenants/command/read-tenant.ts';
import { webhookResponders } from './webhooks/accept/responders.ts';
import { widgetKeyResponders } from './widget-keys/accept.ts';

/** Answers every question that auth is asked. */
export const answerAll = async (dependencies: AuthDependencies): Promise<readonly Consumption[]> => [
  ...(await signingKeyResponders(dependencies)),
  ...(await agentResponders(dependencies)),
  ...(await tenantResponders({
    ...dependencies,
    secretNamesOf: (tenantId) => secretNames(dependencies.secretBooks, tenantId),
  })),
  ...(await policyVersionResponders(dependencies)),
  ...(await widgetKeyResponders(dependencies)),
  ...(await apiKeyResponders(dependencies)),
  ...(await memberResponders(dependencies)),
  ...(await loginResponders(dependencies)),
  ...(await ceremonyResponders(dependencies)),
  ...(await ownFactorResponders(dependencies)),
  ...(await singleSignOnResponders(dependencies)),
  ...(await keyAgeResponders({
    ...dependencies,
    widgetKeysOf: async (tenantId) => (await readTenant(dependencies, tenantId)).keys,
  })),
  ...(await callDecisionResponders({
    ...dependencies,
    timeZoneOf: async (tenantId) => (await readTenant(dependencies, tenantId)).draft.timeZone,
  })),
  ...(await secretResponders({ ...dependencies, knowsTenant: knowsTenant(dependencies) })),
  ...(await webhookResponders({ ...dependencies, knowsTenant: knowsTenant(dependencies) })),
  ...(await checklistResponders({ ...dependencies, checkedTenant: checkedTenantOf(dependencies) })),
  ...(await subjectStepResponders(dependencies)),
  await dependencies.bus.answer(Redeliver.auth, ({ letter }) => dependencies.bus.redeliver(letter)),
];

const knowsTenant =
  ({ tenants }: Pick<AuthDependencies, 'tenants'>) =>
  async (tenantId: string): Promise<boolean> =>
    (await tenants.read(tenantId)) !== undefined;
