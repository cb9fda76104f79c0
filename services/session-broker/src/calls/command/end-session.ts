import { setTimeout as pause } from 'node:timers/promises';
import { type EndConfirmation, type EndedBy, type EndReason, tenantClassOf } from '@vox/contracts';
import { countDecision, type Log } from '@vox/platform/telemetry';
import { type CallAt, hangUp } from '../../provider/mod.ts';
import type { WatchedCall, Watches } from '../../watch/mod.ts';
import { confirmationOf, ended } from '../decide/end.ts';
import { type EndedSession, type LiveSession, providerOf, type Session } from '../decide/session.ts';
import type { Policies } from '../keep/policies.ts';
import type { Sessions } from '../keep/sessions.ts';
import { type PublishEndDependencies, publishEnd } from './publish-end.ts';

export type EndSessionDependencies = PublishEndDependencies & Readonly<{ policies: Policies }>;

type Whose = Readonly<{ tenantId: string; sessionId: string }>;
type ReasonOf = (session: LiveSession, nowMs: number) => EndReason | undefined;

/**
 * Ends a session if it is live and `reasonOf` still names a reason. The first reason stands. Answers what the session
 * is now.
 */
export async function endSession(
  dependencies: EndSessionDependencies,
  sessionId: string,
  reasonOf: ReasonOf,
  confirmedBy?: EndConfirmation,
  by?: EndedBy,
): Promise<Session | undefined> {
  const { known, over } = await storeEnd(dependencies, sessionId, reasonOf, confirmedBy, by);
  if (over !== undefined) await finishEnd(dependencies, sessionId, over);
  return over ?? known;
}

/** Stores the end of a session. `over` is what was stored; without it `known` is the session as it stays. */
function storeEnd(
  { sessions, clock }: Pick<EndSessionDependencies, 'sessions' | 'clock'>,
  sessionId: string,
  reasonOf: ReasonOf,
  confirmedBy?: EndConfirmation,
  by?: EndedBy,
): Promise<Readonly<{ known?: Session | undefined; over?: EndedSession }>> {
  const nowMs = clock.now().getTime();
  return sessions.update<Readonly<{ known?: Session | undefined; over?: EndedSession }>>(sessionId, (session) => {
    const reason = session?.kind === 'live' ? reasonOf(session, nowMs) : undefined;
    if (session?.kind !== 'live' || reason === undefined) return { result: { known: session } };
    const state = ended(session, reason, nowMs, confirmedBy, by);
    return { result: { over: state }, state };
  });
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
  { tenantId, sessionId }: Whose,
  reason: EndReason,
  confirmedBy?: EndConfirmation,
): Promise<Session | undefined> => endSession(dependencies, sessionId, ofTenant(tenantId, reason), confirmedBy);

const ofTenant =
  (tenantId: string, reason: EndReason): ReasonOf =>
  (session) =>
    session.tenantId === tenantId ? reason : undefined;

/** A brokered call as the provider knows it. */
type CallToHangUp = CallAt & Readonly<{ grantedAtMs: number }>;

/**
 * Ends a call that must end, of which `found` is what the store said. A brokered one is hung up before the store is
 * asked again: that is slow when many end.
 */
export function endNow(
  dependencies: EndSessionDependencies,
  whose: Whose,
  found: Session | undefined,
  reason: EndReason,
): Promise<Session | undefined> {
  const isBrokered = found?.kind === 'live' && found.tenantId === whose.tenantId && found.mode === 'brokered';
  const call =
    isBrokered && found.callId !== undefined
      ? { provider: providerOf(found), callId: found.callId, grantedAtMs: found.grantedAtMs }
      : undefined;
  return endAfterHangUp(dependencies, whose, call, reason);
}

async function endAfterHangUp(
  dependencies: EndSessionDependencies,
  whose: Whose,
  call: CallToHangUp | undefined,
  reason: EndReason,
): Promise<Session | undefined> {
  const confirmedBy =
    call && confirmationOf(call, await hangUp(dependencies, call), dependencies.clock.now().getTime());
  return endSessionOf(dependencies, whose, reason, confirmedBy);
}

/** Ends a call that this copy watches. It knows what to hang up, and does so before it asks the store at all. */
export const endInHand = (
  dependencies: EndSessionDependencies,
  { tenantId, sessionId, provider, callId, sinceMs }: WatchedCall,
  reason: EndReason,
): Promise<Session | undefined> =>
  endAfterHangUp(dependencies, { tenantId, sessionId }, { provider, callId, grantedAtMs: sinceMs }, reason);

export type EndNamedDependencies = EndSessionDependencies &
  Readonly<{ sessions: Pick<Sessions, 'read'>; watches: Pick<Watches, 'calls'> }>;

/** Ends a call that a fact names. A session of another tenant goes on. */
export async function endNamed(
  dependencies: EndNamedDependencies,
  whose: Whose,
  reason: EndReason,
): Promise<Session | undefined> {
  const { sessions, watches } = dependencies;
  const { tenantId, sessionId } = whose;
  const watched = watches.calls().find((call) => call.sessionId === sessionId && call.tenantId === tenantId);
  return watched === undefined
    ? endNow(dependencies, whose, await sessions.read(sessionId), reason)
    : endInHand(dependencies, watched, reason);
}

export type EndByVisitorDependencies = EndSessionDependencies & Readonly<{ log: Pick<Log, 'warn'> }>;

/** The edge waits for 900 ms. A provider or a stream that is slow must not turn an end that stands into a refusal. */
const patient = (): Promise<unknown> => pause(400, undefined, { ref: false });

/**
 * Ends a session of this tenant because its page says that it is over. Answers once the end is published, or is stored
 * and patience is over: what follows goes on then, and the sweep does it if this copy dies.
 */
export async function endByVisitor(
  dependencies: EndByVisitorDependencies,
  { tenantId, sessionId }: Whose,
  patience = patient,
): Promise<Session | undefined> {
  const { known, over } = await storeEnd(dependencies, sessionId, ofTenant(tenantId, 'client'));
  if (over === undefined) return known;
  const finishing = finishEnd(dependencies, sessionId, over);
  const isDone = await Promise.race([finishing.then(() => true), patience().then(() => false)]);
  if (!isDone) finishing.catch((error) => dependencies.log.warn({ error }, 'an end is stored and not published yet'));
  return over;
}
