import type { SessionClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { check } from '../../checks/mod.ts';
import { isWithdrawn, type WithdrawalDependencies } from '../keep/withdrawals.ts';

/**
 * Refuses the words of a visitor who has taken the consent to a transcript back. A copy that may have missed a
 * withdrawal denies.
 */
export const transcriptConsent = check({
  name: 'transcript consent',
  whenDown: 'deny',
  run:
    (dependencies: WithdrawalDependencies) =>
    ({ claims }: Readonly<{ claims: SessionClaims }>): void => {
      const { tenantId, identity } = claims;
      if (identity.kind === 'widget' && isWithdrawn(dependencies, tenantId, identity.visitorId, 'transcripts'))
        throw new Fault('CONSENT_REQUIRED', { purposes: ['transcripts'] });
    },
});
