import type { Session } from '../decide/session.ts';
import { overdue } from '../decide/time-limits.ts';
import type { Sessions } from '../keep/sessions.ts';
import { type EndSessionDependencies, endSession } from './end-session.ts';
import { publishEnd } from './publish-end.ts';
import { warnOfEnd } from './warn-of-end.ts';

export type AttendSessionDependencies = EndSessionDependencies &
  Readonly<{ sessions: Pick<Sessions, 'read' | 'remove'> }>;

/** Does what is due of a session: ends it, warns of its end, publishes an end that a crash left, or forgets it. */
export async function attendSession(
  dependencies: AttendSessionDependencies,
  sessionId: string,
  session: Session,
): Promise<void> {
  if (session.kind === 'live') {
    const now = await endSession(dependencies, sessionId, overdue);
    if (now?.kind === 'live') await warnOfEnd(dependencies, sessionId);
  } else if (session.kind === 'ended' && !session.told) await publishEnd(dependencies, sessionId, session);
  else await dependencies.sessions.remove(sessionId);
}
