import { EraseFrom, ExportFrom } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { agentResponders } from './agents/accept/responders.ts';
import type { AuthDependencies } from './dependencies.ts';
import { policyVersionResponders } from './policy-versions/accept.ts';
import { signingKeyResponders } from './signing-keys/accept.ts';
import { tenantResponders } from './tenants/accept/responders.ts';
import { widgetKeyResponders } from './widget-keys/accept.ts';

/** Answers every question that auth is asked. */
export const answerAll = async (dependencies: AuthDependencies): Promise<readonly Consumption[]> => [
  ...(await signingKeyResponders(dependencies)),
  ...(await agentResponders(dependencies)),
  ...(await tenantResponders(dependencies)),
  ...(await policyVersionResponders(dependencies)),
  ...(await widgetKeyResponders(dependencies)),
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
