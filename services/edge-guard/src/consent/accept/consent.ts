import type { Policy } from '@vox/contracts';
import { check } from '../../checks/mod.ts';
import type { Once } from '../../idempotency/mod.ts';
import type { Caller } from '../../identity/mod.ts';
import { type ConsentDependencies, checkConsent } from '../command/check-consent.ts';

type Needs = Readonly<{
  policy: Policy;
  caller: Caller;
  once: Once | undefined;
  body: Readonly<{ consent?: readonly string[] | undefined }>;
}>;

/**
 * Refuses a visitor who has not shown what the tenant demands. It stands before the proof of work, which is spent when
 * it is looked at. A copy that may have missed a withdrawal denies.
 */
export const consent = check({
  name: 'consent',
  whenDown: 'deny',
  run:
    (dependencies: ConsentDependencies) =>
    async ({ policy, caller, once, body }: Needs): Promise<void> => {
      if (caller.kind === 'login' || once?.answered !== undefined) return;
      const { visitorId } = caller.identity;
      await checkConsent(dependencies, { policy, visitorId, receipts: body.consent ?? [] });
    },
});
