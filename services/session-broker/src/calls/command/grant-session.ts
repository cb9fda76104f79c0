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
import type { LiveSession, Session } from '../decide/session.ts';
import type { Sessions } from '../keep/sessions.ts';
import { deniedFact, grantedFact } from '../publish/facts.ts';
import { type Beginning, type GrantAnswerDependencies, grantAnswer } from '../publish/grant-answer.ts';
import { type EndSessionDependencies, endSessionOf } from './end-session.ts';
import { fetchOffer } from './fetch-offer.ts';
import { type ProposeSessionDependencies, proposeSession, withdrawProposal } from './propose-session.ts';

export type GrantSessionDependencies = ProposeSessionDependencies &
  GrantAnswerDependencies &
  EndSessionDependencies &
  Readonly<{
    sessions: Pick<Sessions, 'decideOnce'>;
    slots: Pick<SlotCounters, 'reconcile' | 'confirm'>;
    holders: Pick<SlotHolders, 'find'>;
    bus: Pick<Bus, 'publish'>;
  }>;

/** How a request came: whether it may have come before, and where somebody waits for the answer. */
export type GrantRequest = Readonly<{ isRepeated: boolean; replyTo?: string | undefined }>;

/**
 * Claims, has the call begun, decides once and publishes. Answers what the visitor is told; `undefined` when nobody
 * waits or the call is over. When a store fails the request comes again and finds its claim. The sweep releases a claim
 * that no request comes back to.
 */
export async function grantSession(
  dependencies: GrantSessionDependencies,
  admitted: Fact<typeof SessionAdmitted>,
  request: GrantRequest,
): Promise<SessionDecision | undefined> {
  const { bus } = dependencies;
  const { sessionId, identity } = admitted.data;
  const isAwaited = request.replyTo !== undefined;
  const decided = await decideSession(dependencies, admitted, request);
  const session = { ...decided.session, identity };
  if (session.kind === 'denied') {
    await bus.publish(SessionDenied, deniedFact(sessionId, session));
    return isAwaited ? { kind: 'denied', sessionId, denial: session.denial } : undefined;
  }
  const [answer] = await Promise.all([
    isAwaited && session.kind === 'live'
      ? answerOf(dependencies, sessionId, session, request, decided.beginning)
      : undefined,
    bus.publish(SessionGranted, grantedFact(sessionId, session)),
  ]);
  return answer;
}

/**
 * What the visitor of a live call is told. Nobody keeps the answer to an offer: where it was lost and somebody still
 * waits for it, the call is ended, and the visitor may ask again.
 */
async function answerOf(
  dependencies: GrantSessionDependencies,
  sessionId: string,
  session: LiveSession,
  { replyTo }: GrantRequest,
  beginning: Beginning | undefined,
): Promise<SessionDecision | undefined> {
  if (session.mode !== 'brokered' || beginning !== undefined)
    return grantAnswer(dependencies, sessionId, session, beginning);
  if ((await fetchOffer(dependencies, replyTo)) === undefined) return undefined;
  await endSessionOf(dependencies, { tenantId: session.tenantId, sessionId }, 'never_connected');
  return { kind: 'denied', sessionId, denial: { reason: 'unavailable' } };
}

/** The decision that stands, with what the browser begins its call with if this call wrote it. */
type DecidedSession = Readonly<{ session: Session; beginning?: Beginning | undefined }>;

async function decideSession(
  dependencies: GrantSessionDependencies,
  admitted: Fact<typeof SessionAdmitted>,
  { isRepeated, replyTo }: GrantRequest,
): Promise<DecidedSession> {
  const { sessions, slots, policies } = dependencies;
  const { tenantId, sessionId } = admitted.data;
  const release = (): Promise<void> => releaseSlot(dependencies, tenantId, sessionId);
  let beginning: Beginning | undefined;
  const { state, isNew } = await sessions.decideOnce(sessionId, {
    isRepeated,
    async propose() {
      const proposed = await proposeSession(dependencies, admitted, replyTo);
      beginning = proposed.beginning;
      return proposed.session;
    },
    // Another decision stands: a denial, a grant on another claim, or an end. Nothing of ours may stay claimed.
    async release(lost) {
      if (lost.kind === 'live') await withdrawProposal(dependencies, lost);
      await release();
    },
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
  return { session: state, beginning };
}
