import type { Session } from '../../calls/decide/session.ts';
import type { Needs } from '../../dependencies.ts';
import { type Decided, reconcile } from '../decide/free.ts';

/** A session that is kept no longer was told of its end long ago. */
const decidedOf = (session: Session | undefined): Decided => session ?? { kind: 'ended', claim: 0, told: true };

/**
 * Gives back what is claimed for a session and was not granted on, and forgets what the session knows. The session is asked after the slots, so what they
 * then forget stands. Nothing to do, nothing written.
 */
export const giveBack = (needs: Needs, tenantId: string, sessionId: string): Promise<void> =>
  needs.slots.reconcile(tenantId, async (slots) => {
    if (slots.pending[sessionId] === undefined) return slots;
    return reconcile(slots, sessionId, decidedOf(await needs.sessions.read(sessionId)));
  });
