import {
  type Acting,
  type EndSession,
  type EndSessions,
  type Heartbeat,
  type ListSessions,
  UsageMetered,
} from '@vox/contracts';
import { type ActOf, type ActPublisher, publishAct } from '@vox/platform/bus';
import { noTenant } from '@vox/platform/fault';
import type { z } from 'zod';
import {
  beat,
  connectedSeconds,
  ended,
  idleSecondsOf,
  isNewsOf,
  type LiveSession,
  overdue,
  type Session,
} from '../decide/session.ts';
import { callTag, tenantTag } from '../keep/sessions.ts';
import { meteredFact } from '../publish/facts.ts';
import { end, endAll, told } from './end.ts';
import type { Needs } from './needs.ts';
import { inTheOpen } from './person.ts';

type State = z.infer<(typeof Heartbeat)['reply']>;
type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;

/** Marks a call seen, unless a limit of time was reached: then the heartbeat ends it. */
export const answerHeartbeat =
  (needs: Needs) =>
  async ({ tenantId, sessionId, active, callId: saidCallId }: Asked<typeof Heartbeat>): Promise<State> => {
    const now = needs.clock.now();
    const nowMs = now.getTime();
    const { session, isNews } = await needs.sessions.update<Readonly<{ session?: Session | undefined; isNews?: true }>>(
      sessionId,
      async (known) => {
        if (known?.kind !== 'live' || known.tenantId !== tenantId) return { result: { session: known } };
        const callId = await ownCall(needs, sessionId, known, saidCallId);
        const reason = overdue(known, nowMs);
        if (reason === undefined && !isNewsOf(known, { nowMs, active, callId })) return { result: { session: known } };
        const state = reason === undefined ? beat(known, { nowMs, active, callId }) : ended(known, reason, nowMs);
        return { result: { session: state, isNews: true }, state };
      },
    );
    if (session?.tenantId !== tenantId) return { kind: 'unknown' };
    if (isNews && session.kind === 'ended') await told(needs, sessionId, session);
    if (isNews && session.kind === 'live')
      await needs.bus.publish(UsageMetered, meteredFact(sessionId, session, connectedSeconds(session, nowMs), now));
    return stateOf(session, now);
  };

/** A call's id as its browser says it, unless it is another session's: that one would be hung up with this one. */
async function ownCall(
  { sessions }: Needs,
  sessionId: string,
  { callId: known }: LiveSession,
  said: string | undefined,
): Promise<string | undefined> {
  if (said === undefined || known !== undefined) return known;
  const others = await sessions.tagged(callTag(said), 2);
  return others.some(({ key }) => key !== sessionId) ? undefined : said;
}

export const answerEnd =
  (needs: Needs) =>
  async (asked: Asked<typeof EndSession>): Promise<State> => {
    const { tenantId, sessionId, reason } = asked;
    if (asked.reason === 'admin') await ordered(needs, { tenantId, sessionId }, asked.by);
    const session = await end(needs, sessionId, (live) => (live.tenantId === tenantId ? reason : undefined));
    return session?.tenantId === tenantId ? stateOf(session, needs.clock.now()) : { kind: 'unknown' };
  };

export const answerEndMany =
  (needs: Needs) =>
  async ({ tenantId, widgetKey, ...by }: Asked<typeof EndSessions>) => {
    await ordered(needs, { tenantId, widgetKey }, by);
    return { ended: await endAll(needs, { tenantId, widgetKey }, 'admin') };
  };

const telling = ({ bus, clock, policies }: Needs): ActPublisher => ({
  ...{ bus, clock, source: 'session-broker' },
  knows: (tenantId) => policies.get(tenantId) !== undefined,
});

/** Tells who does it. Of a tenant that there is not nothing is done: throws Fault NOT_FOUND, which names it. */
async function tellOf(needs: Needs, act: ActOf, by: Acting): Promise<void> {
  const isKnown = needs.policies.get(act.tenantId) !== undefined;
  const refused = { outcome: 'refused', details: { code: 'NOT_FOUND' } } as const;
  await publishAct(telling(needs), act, by, isKnown ? { outcome: 'done' } : refused);
  if (!isKnown) throw noTenant(act.tenantId);
}

type Ended = Readonly<{ tenantId: string; sessionId?: string; widgetKey?: string | undefined }>;

/** Tells who ordered calls to end, before they do: the facts of their ends name no one. */
function ordered(needs: Needs, { tenantId, sessionId, widgetKey }: Ended, by: Acting): Promise<void> {
  const ofKey = widgetKey === undefined ? `tenant:${tenantId}` : `key:${widgetKey}`;
  const target = sessionId === undefined ? ofKey : `session:${sessionId}`;
  return tellOf(needs, { tenantId, action: 'session.order-end', target }, by);
}

const listed = 1_000;

export const answerList =
  (needs: Needs) =>
  async ({ tenantId, ...by }: Asked<typeof ListSessions>): Promise<z.infer<(typeof ListSessions)['reply']>> => {
    // The list says who calls now: whoever reads it is known.
    const act = { tenantId, action: 'session.list', target: `tenant:${tenantId}` };
    await tellOf(needs, act, by);
    const found = await needs.sessions.tagged(tenantTag(tenantId), listed);
    const live = found.flatMap(({ key, state }) => (state.kind === 'live' ? [{ key, state }] : []));
    return {
      sessions: live.map(({ key, state }) => ({
        sessionId: key,
        identity: inTheOpen(needs, key, state).identity,
        grantedAt: new Date(state.grantedAtMs).toISOString(),
        endsAt: new Date(state.endsAtMs).toISOString(),
        connected: state.connectedAtMs !== undefined,
      })),
    };
  };

function stateOf(session: Session | undefined, now: Date): State {
  if (session === undefined || session.kind === 'denied') return { kind: 'unknown' };
  if (session.kind === 'ended') return { kind: 'ended', reason: session.reason, maxSeconds: session.maxSeconds };
  return liveState(session, now.getTime());
}

const liveState = (session: LiveSession, nowMs: number): State => ({
  kind: 'live',
  startedAt: new Date(session.connectedAtMs ?? session.grantedAtMs).toISOString(),
  lastSeenAt: new Date(session.lastSeenAtMs ?? session.grantedAtMs).toISOString(),
  durationSeconds: connectedSeconds(session, nowMs),
  idleSeconds: idleSecondsOf(session, nowMs),
  endsAt: new Date(session.endsAtMs).toISOString(),
  remainingSeconds: Math.max(0, Math.floor((session.endsAtMs - nowMs) / 1_000)),
});
