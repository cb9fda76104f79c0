import { TokenUse } from '@vox/contracts';
import { onAgentsDue } from './agents/accept/on-agents-due.ts';
import type { AuthDependencies } from './dependencies.ts';
import { someVersionNames } from './policy-versions/command/names-set.ts';
import { ensureKeyRing } from './signing-keys/command/ensure-key-ring.ts';
import { onOutboxDue } from './tenants/accept/on-outbox-due.ts';
import { arePoliciesLost, publishPolicies } from './tenants/command/publish-policies.ts';
import { namesSet } from './tenants/decide/tenant.ts';

/** One round of what auth does by itself. `stop` ends its listening for a new link to the bus. */
export type Sweep = Readonly<{ sweep: () => Promise<void>; stop: () => void }>;

export function sweepOf(dependencies: AuthDependencies): Sweep {
  const { bus, tenants } = dependencies;
  const isNamed = async (tenantId: string, agentSetId: string): Promise<boolean> =>
    namesSet(await tenants.read(tenantId), agentSetId) || (await someVersionNames(dependencies, tenantId, agentSetId));
  let isRelinked = false;
  const stop = bus.onRelink(() => {
    isRelinked = true;
  });
  return {
    stop,
    async sweep() {
      if (isRelinked) {
        if (await arePoliciesLost(dependencies)) await publishPolicies(dependencies);
        isRelinked = false;
      }
      for (const use of TokenUse.options) await ensureKeyRing(dependencies, use);
      await onOutboxDue(dependencies);
      await onAgentsDue({ ...dependencies, isNamed });
    },
  };
}
