import type { EndReason } from '@vox/contracts';
import { hangUp } from '../../provider/mod.ts';
import { confirmationOf } from '../decide/end.ts';
import { providerOf, type Session } from '../decide/session.ts';
import type { Sessions } from '../keep/sessions.ts';
import { type EndSessionDependencies, endSessionOf } from './end-session.ts';

type Whose = Readonly<{ tenantId: string; sessionId: string }>;

/**
 * Ends a call that must end, of which `found` is what the store said. A brokered one is hung up before the store is
 * asked again: that is slow when many end.
 */
export async function endNow(
  dependencies: EndSessionDependencies,
  { tenantId, sessionId }: Whose,
  found: Session | undefined,
  reason: EndReason,
): Promise<Session | undefined> {
  const isBrokered = found?.kind === 'live' && found.tenantId === tenantId && found.mode === 'brokered';
  const confirmedBy =
    isBrokered && found.callId !== undefined
      ? confirmationOf(
          found,
          await hangUp(dependencies, { provider: providerOf(found), callId: found.callId }),
          dependencies.clock.now().getTime(),
        )
      : undefined;
  return endSessionOf(dependencies, { tenantId, sessionId }, reason, confirmedBy);
}

export type EndNamedDependencies = EndSessionDependencies & Readonly<{ sessions: Pick<Sessions, 'read'> }>;

/** Ends a call that a fact names. A session of another tenant goes on. */
export const endNamed = async (
  dependencies: EndNamedDependencies,
  whose: Whose,
  reason: EndReason,
): Promise<Session | undefined> =>
  endNow(dependencies, whose, await dependencies.sessions.read(whose.sessionId), reason);
