import { type EndConfirmation, type EndedBy, type EndReason, tenantClassOf } from '@vox/contracts';
import { countDecision } from '@vox/platform/telemetry';
import { ended } from '../decide/end.ts';
import type { EndedSession, LiveSession, Session } from '../decide/session.ts';
import type { Policies } from '../keep/policies.ts';
import { type PublishEndDependencies, publishEnd } from './publish-end.ts';

export type EndSessionDependencies = PublishEndDependencies & Readonly<{ policies: Policies }>;

/**
 * Ends a session if it is live and `reasonOf` still names a reason. The first reason stands. Answers what the session
 * is now.
 */
export async function endSession(
  dependencies: EndSessionDependencies,
  sessionId: string,
  reasonOf: (session: LiveSession, nowMs: number) => EndReason | undefined,
  confirmedBy?: EndConfirmation,
  by?: EndedBy,
): Promise<Session | undefined> {
  const { sessions, clock } = dependencies;
  const nowMs = clock.now().getTime();
  const { known, over } = await sessions.update<Readonly<{ known?: Session | undefined; over?: EndedSession }>>(
    sessionId,
    (session) => {
      const reason = session?.kind === 'live' ? reasonOf(session, nowMs) : undefined;
      if (session?.kind !== 'live' || reason === undefined) return { result: { known: session } };
      const state = ended(session, reason, nowMs, confirmedBy, by);
      return { result: { over: state }, state };
    },
  );
  if (over !== undefined) await finishEnd(dependencies, sessionId, over);
  return over ?? known;
}

/**
 * Counts an end and publishes it. Only the caller that stored the end does so: of many that end one call at once each
 * would publish it. What a crash leaves in the outbox the sweep publishes.
 */
export async function finishEnd(
  dependencies: EndSessionDependencies,
  sessionId: string,
  session: EndedSession,
): Promise<void> {
  const policy = dependencies.policies.get(session.tenantId);
  countDecision('session-broker', 'ended', tenantClassOf(policy), session.reason);
  await publishEnd(dependencies, sessionId, session);
}

/** Ends a session of this tenant for one reason. A session of another tenant goes on. */
export const endSessionOf = (
  dependencies: EndSessionDependencies,
  { tenantId, sessionId }: Readonly<{ tenantId: string; sessionId: string }>,
  reason: EndReason,
  confirmedBy?: EndConfirmation,
): Promise<Session | undefined> =>
  endSession(dependencies, sessionId, (session) => (session.tenantId === tenantId ? reason : undefined), confirmedBy);
