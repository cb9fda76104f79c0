import { callPath, type Fact, platform, type RequestRefused, type SessionGranted } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type CountDecisionDependencies, countDecision } from '../command/count-decision.ts';
import { reasonOf } from '../decide.ts';

/** Counts a call that was granted, on the day on which it was. */
export const onCallGranted =
  (dependencies: CountDecisionDependencies) =>
  async ({ id, data }: Fact<typeof SessionGranted>): Promise<Outcome> => {
    const { tenantId, grantedAt } = data;
    await countDecision(dependencies, { id, tenantId, what: 'granted', count: 1, atMs: Date.parse(grantedAt) });
    return 'ack';
  };

/** Counts calls that were refused, by what whoever asked was answered. Nobody’s call is of the platform. */
export const onCallRefused =
  (dependencies: CountDecisionDependencies) =>
  async ({ id, data }: Fact<typeof RequestRefused>): Promise<Outcome> => {
    const { tenantId, route, code, count, lastAt } = data;
    if (route === callPath && tenantId !== platform)
      await countDecision(dependencies, { id, tenantId, what: reasonOf(code), count, atMs: Date.parse(lastAt) });
    return 'ack';
  };
