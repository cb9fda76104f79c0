import {
  namedMax,
  type Policy,
  type PolicyFinding,
  policyFindings,
  type ShowPolicyFindings,
  type ToldFinding,
} from '@vox/contracts';
import type { Replica } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { modelEnds, type PriceList } from '../decide/price.ts';

export type ShowFindingsDependencies = Readonly<{
  policies: Pick<Replica<Policy>, 'get' | 'keys'>;
  prices: readonly PriceList[];
  clock: Pick<Clock, 'now'>;
}>;

/** What stands out in the policies in force, by the lists of prices of this installation. */
export function findingsIn({ policies, prices, clock }: ShowFindingsDependencies): readonly PolicyFinding[] {
  const nowMs = clock.now().getTime();
  const all = [...policies.keys()].flatMap((tenantId) => policies.get(tenantId) ?? []);
  return policyFindings(all, modelEnds(prices, nowMs), nowMs);
}

export const showFindings =
  (dependencies: ShowFindingsDependencies) => async (): Promise<z.input<(typeof ShowPolicyFindings)['reply']>> => ({
    findings: findingsIn(dependencies).map(told),
  });

const told = ({ rule, severity, tenants, named, ending }: PolicyFinding): ToldFinding => ({
  ...{ rule, severity, tenants, named: named.slice(0, namedMax), more: Math.max(0, named.length - namedMax) },
  model: ending?.model ?? null,
  endsAt: ending === undefined ? null : new Date(ending.endsAtMs).toISOString(),
});
