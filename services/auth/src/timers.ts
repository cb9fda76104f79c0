import { TokenUse } from '@vox/contracts';
import { repeat } from '@vox/platform/time';
import { onAgentsDue } from './agents/accept/on-agents-due.ts';
import { onApiKeysDue } from './api-keys/accept/on-api-keys-due.ts';
import { forgetCallDays } from './call-decisions/command/forget-call-days.ts';
import { onCodesDue } from './codes/accept.ts';
import type { AuthDependencies } from './dependencies.ts';
import { onSurveyDue } from './key-ages/accept/on-survey-due.ts';
import { keySourcesOf } from './key-sources.ts';
import { onLoginsDue } from './logins/accept/on-logins-due.ts';
import { onRostersDue } from './members/accept/on-rosters-due.ts';
import { someVersionNames } from './policy-versions/command/names-set.ts';
import { tellDigests } from './refusal-digests/command/tell-digests.ts';
import { resealOnce } from './reseal.ts';
import { onFactorsDue } from './second-factors/accept/on-factors-due.ts';
import { onSecretsDue } from './secrets/accept/on-secrets-due.ts';
import { ensureKeyRing } from './signing-keys/command/ensure-key-ring.ts';
import { onSingleSignOnDue } from './single-sign-on/accept/on-single-sign-on-due.ts';
import { onOutboxDue } from './tenants/accept/on-outbox-due.ts';
import { arePoliciesLost, publishPolicies } from './tenants/command/publish-policies.ts';
import { namesSet } from './tenants/decide/tenant.ts';
import { queueWorker } from './webhooks/accept/on-queues-due.ts';

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
      dependencies.wakeCourier();
      if (isRelinked) {
        if (await arePoliciesLost(dependencies)) await publishPolicies(dependencies);
        isRelinked = false;
      }
      for (const use of TokenUse.options) await ensureKeyRing(dependencies, use);
      await onOutboxDue(dependencies);
      await onApiKeysDue(dependencies);
      await onSecretsDue(dependencies);
      await onAgentsDue({ ...dependencies, isNamed });
      await onCodesDue(dependencies);
      await onRostersDue(dependencies);
      await onLoginsDue(dependencies);
      await onFactorsDue(dependencies);
      await onSingleSignOnDue(dependencies);
    },
  };
}

/**
 * Starts everything that auth does by itself. Each timer runs alone: a long look at the ages of keys holds up no
 * webhook, and a slow receiver no policy.
 */
export function startTimers(dependencies: AuthDependencies, everyMs: number): { stop: () => Promise<void> } {
  const { log } = dependencies;
  const failed = (error: unknown): void => log.warn({ error }, 'a sweep failed and will be tried again');
  const { sweep, stop: stopListening } = sweepOf(dependencies);
  const webhooks = queueWorker(dependencies);
  const survey = onSurveyDue({ ...dependencies, keySources: keySourcesOf(dependencies) });
  const digests = () => tellDigests({ ...dependencies, digestTo: digestToOf(dependencies) });
  const callDays = () => forgetCallDays(dependencies);
  const timers = [sweep, webhooks.onQueuesDue, survey, digests, callDays, resealOnce(dependencies)].map((work) =>
    repeat(everyMs, work, failed),
  );
  return {
    async stop() {
      stopListening();
      for (const timer of timers) await timer.stop();
      await webhooks.stop();
    },
  };
}

const digestToOf =
  ({ tenants }: Pick<AuthDependencies, 'tenants'>) =>
  async (tenantId: string): Promise<string | null> =>
    (await tenants.read(tenantId))?.draft.notices.digestTo ?? null;
