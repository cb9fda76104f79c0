import type { SessionUsage } from '@vox/contracts';
import type { Clock } from '@vox/platform/time';
import { capsUnder } from '../decide/caps.ts';
import { isOfTenant } from '../decide/record.ts';
import { sessionUsageOf } from '../decide/session-usage.ts';
import type { BudgetCounters } from '../keep/budgets.ts';
import type { Policies } from '../keep/policies.ts';
import type { Requests } from '../keep/requests.ts';
import type { CoveredUsage } from './cover-usage.ts';

export type ShowDependencies = Readonly<{
  budgets: Pick<BudgetCounters, 'read'>;
  requests: Pick<Requests, 'read'>;
  policies: Policies;
  clock: Clock;
}>;

/** What a session has used and may still use. To another tenant it is as unknown as one that never was. */
export async function showUsage(
  dependencies: ShowDependencies,
  tenantId: string,
  sessionId: string,
): Promise<SessionUsage> {
  const record = await dependencies.requests.read(sessionId);
  const isKnown = isOfTenant(record, tenantId) && record.kind === 'admitted';
  return shownUsage(dependencies, sessionId, isKnown ? { record } : undefined);
}

/** The same of a record that was just read. The budget is asked only if it was not read with the record. */
export async function shownUsage(
  { budgets, policies, clock }: Omit<ShowDependencies, 'requests'>,
  sessionId: string,
  known: CoveredUsage | undefined,
): Promise<SessionUsage> {
  if (known === undefined) return { kind: 'unknown', sessionId };
  const { record } = known;
  const budget = known.budget ?? (await budgets.read(record.budgetKey));
  const caps = capsUnder(policies.get(record.tenantId), record.identity.kind, clock.now().getTime());
  return sessionUsageOf(sessionId, record, budget, caps);
}
