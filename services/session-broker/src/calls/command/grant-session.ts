import {
  type Fact,
  type SessionAdmitted,
  type SessionDecision,
  SessionDenied,
  SessionGranted,
  tenantClassOf,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { countDecision } from '@vox/platform/telemetry';
import { releaseSlot, type SlotCounters, type SlotHolders } from '../../slots/mod.ts';
import type { Session } from '../decide/session.ts';
import type { Sessions } from '../keep/sessions.ts';
import { deniedFact, grantedFact } from '../publish/facts.ts';
import { type GrantAnswerDependencies, grantAnswer } from '../publish/grant-answer.ts';
import { type ProposeSessionDependencies, proposeSession } from './propose-session.ts';

export type GrantSessionDependencies = ProposeSessionDependencies &
  GrantAnswerDependencies &
  Readonly<{
    sessions: Pick<Sessions, 'decideOnce'>;
    slots: Pick<SlotCounters, 'reconcile' | 'confirm'>;
    holders: Pick<SlotHolders, 'find'>;
    bus: Pick<Bus, 'publish'>;
  }>;

/** How a request came: whether it may have come before, and whether somebody waits for the answer. */
export type GrantRequest = Readonly<{ isRepeated: boolean; isAwaited: boolean }>;

/**
 * Claims, asks the provider, decides once and publishes. Answers what the visitor is told; `undefined` when nobody
 * waits or the call is over. When a store fails the request comes again and finds its claim. The sweep releases a claim
 * that no request comes back to.
 */
export async function grantSession(
  dependencies: GrantSessionDependencies,
  admitted: Fact<typeof SessionAdmitted>,
  { isRepeated, isAwaited }: GrantRequest,
): Promise<SessionDecision | undefined> {
  const { bus } = dependencies;
  const { sessionId, identity } = admitted.data;
  const decided = await decideSession(dependencies, admitted, isRepeated);
  const session = { ...decided.session, identity };
  if (session.kind === 'denied') {
    await bus.publish(SessionDenied, deniedFact(sessionId, session));
    return isAwaited ? { kind: 'denied', sessionId, denial: session.denial } : undefined;
  }
  const [answer] = await Promise.all([
    isAwaited && session.kind === 'live' ? grantAnswer(dependencies, sessionId, session, decided.secret) : undefined,
    bus.publish(SessionGranted, grantedFact(sessionId, session)),
  ]);
  return answer;
}

/** The decision that stands, with its secret in the open if this call wrote it. */
type DecidedSession = Readonly<{ session: Session; secret?: string | undefined }>;

async function decideSession(
  dependencies: GrantSessionDependencies,
  admitted: Fact<typeof SessionAdmitted>,
  isRepeated: boolean,
): Promise<DecidedSession> {
  const { sessions, slots, policies } = dependencies;
  const { tenantId, sessionId } = admitted.data;
  const release = (): Promise<void> => releaseSlot(dependencies, tenantId, sessionId);
  let secret: string | undefined;
  const { state, isNew } = await sessions.decideOnce(sessionId, {
    isRepeated,
    async propose() {
      const proposed = await proposeSession(dependencies, admitted);
      secret = proposed.secret;
      return proposed.session;
    },
    // Another decision stands: a denial, a grant on another claim, or an end. Nothing of ours may stay claimed.
    release,
  });
  if (!isNew) return { session: state };
  countDecision(
    'session-broker',
    state.kind === 'live' ? 'granted' : 'denied',
    tenantClassOf(policies.get(tenantId)),
    state.kind === 'denied' ? state.denial.reason : undefined,
  );
  if (state.kind === 'live') slots.confirm(tenantId, sessionId, state.claim);
  else await release();
  return { session: state, secret };
}
