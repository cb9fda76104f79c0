import type { Denial, EndReason } from '@vox/contracts';
import { closeSlots, releaseSlot, type SlotCounters } from '../../slots/mod.ts';
import type { CallScope } from '../decide/call-scope.ts';
import type { DeniedSession } from '../decide/session.ts';
import type { Sessions } from '../keep/sessions.ts';
import { type EndScopeDependencies, endScope } from './end-scope.ts';

export type CloseScopeDependencies = EndScopeDependencies &
  Readonly<{
    sessions: Pick<Sessions, 'decideOnce'>;
    slots: Pick<SlotCounters, 'reconcile'>;
  }>;

/** A scope that the policy of this version closed. */
export type ClosedScope = CallScope & Readonly<{ policyVersion?: number | undefined }>;
type Closing = Readonly<{ end: EndReason; denial: Denial }>;

/**
 * Ends every call of a tenant or of one key, also those that are just being granted. A copy that claimed a slot under
 * the old policy finds the denial where it would have written the grant. A later copy claims nothing under that policy.
 */
export async function closeScope(
  dependencies: CloseScopeDependencies,
  scope: ClosedScope,
  { end, denial }: Closing,
): Promise<void> {
  const decidedAtMs = dependencies.clock.now().getTime();
  const { tenantId, policyVersion = 0 } = scope;
  const claims = await closeSlots(dependencies, { ...scope, policyVersion }, decidedAtMs);
  await Promise.all(
    claims.map(({ sessionId, identity }) =>
      deny(dependencies, sessionId, { kind: 'denied', tenantId, identity, denial, decidedAtMs }),
    ),
  );
  await endScope(dependencies, scope, end);
}

/** Denies a session that nobody has decided. The copy that was about to decide it publishes the denial and answers. */
async function deny(dependencies: CloseScopeDependencies, sessionId: string, denied: DeniedSession): Promise<void> {
  const { isNew } = await dependencies.sessions.decideOnce(sessionId, { propose: () => denied });
  if (isNew) await releaseSlot(dependencies, denied.tenantId, sessionId);
}
