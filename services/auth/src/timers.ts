import { TokenUse } from '@vox/contracts';
import { onAgentsDue } from './agents/accept/on-agents-due.ts';
import { onApiKeysDue } from './api-keys/accept/on-api-keys-due.ts';
import { onCodesDue } from './codes/accept.ts';
import type { AuthDependencies } from './dependencies.ts';
import { onLoginsDue } from './logins/accept/on-logins-due.ts';
import { onRostersDue } from './members/accept/on-rosters-due.ts';
import { onFactorsDue } from './second-factors/accept/on-factors-due.ts';
import { ensureKeyRing } from './signing-keys/command/ensure-key-ring.ts';
import { onSingleSignOnDue } from './single-sign-on/accept/on-single-sign-on-due.ts';
import { onOutboxDue } from './tenants/accept/on-outbox-due.ts';
import { arePoliciesLost, publishPolicies } from './tenants/command/publish-policies.ts';
import { namesSet } from './tenants/decide/tenant.ts';

/** One round of what auth does by itself. `stop` ends its listening for a new link to the bus. */
export type Sweep = Readonly<{ sweep: () => Promise<void>; stop: () => void }>;

export function sweepOf(dependencies: AuthDependencies): Sweep {
  const { bus, tenants } = dependencies;
  const isNamed = async (tenantId: string, agentSetId: string): Promise<boolean> =>
    namesSet(await tenants.read(tenantId), agentSetId);
  let isRelinked = false;
  const stop = bus.onRelink(() => {
    isRelinked = true;
  });
  return {
    stop,
    async sweep() {
      dependencies.wakeCourier();
      if (isRelinked) {
        if (await arePoliciesLost(dependencies)) await publishPolicies(dependencies);
        isRelinked = false;
      }
      for (const use of TokenUse.options) await ensureKeyRing(dependencies, use);
      await onOutboxDue(dependencies);
      await onApiKeysDue(dependencies);
      await onAgentsDue({ ...dependencies, isNamed });
      await onCodesDue(dependencies);
      await onRostersDue(dependencies);
      await onLoginsDue(dependencies);
      await onFactorsDue(dependencies);
      await onSingleSignOnDue(dependencies);
    },
  };
}
