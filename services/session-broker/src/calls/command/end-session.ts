import { type EndReason, SessionEnded, SessionGranted, tenantClassOf } from '@vox/contracts';
import { countDecision } from '@vox/platform/telemetry';
import type { Needs } from '../../dependencies.ts';
import { free } from '../../slots/decide/free.ts';
import { type EndedSession, ended, type LiveSession, type Session } from '../decide/session.ts';
import { inTheOpen } from '../keep/sealed-person.ts';
import { keyTag, tenantTag } from '../keep/sessions.ts';
import { endedFact, grantedFact } from '../publish/facts.ts';

/** Ends a session if it lives and `why` still names a reason; the first reason stands. Answers what it is now. */
export async function end(
  needs: Needs,
  sessionId: string,
  why: (session: LiveSession, nowMs: number) => EndReason | undefined,
): Promise<Session | undefined> {
  const nowMs = needs.clock.now().getTime();
  const { known, over } = await needs.sessions.update<Readonly<{ known?: Session | undefined; over?: EndedSession }>>(
    sessionId,
    (session) => {
      const reason = session?.kind === 'live' ? why(session, nowMs) : undefined;
      if (session?.kind !== 'live' || reason === undefined) return { result: { known: session } };
      const state = ended(session, reason, nowMs);
      return { result: { over: state }, state };
    },
  );
  if (over !== undefined) await told(needs, sessionId, over);
  return over ?? known;
}

/**
 * Counts an end and tells of it. Whoever has stored an end does so and nobody else: a crowd that ends one call at once would tell it once each. The
 * sweep tells what a crash left untold.
 */
export async function told(needs: Needs, sessionId: string, session: EndedSession): Promise<void> {
  countDecision('session-broker', 'ended', tenantClassOf(needs.policies.get(session.tenantId)), session.reason);
  await tell(needs, sessionId, session);
}

/**
 * Frees the slot, tells everybody (of the grant too, if nobody connected: a crash may have come before that was told), hangs up, and only then marks the end as told: after a crash the sweep does it again.
 */
export async function tell(needs: Needs, sessionId: string, session: EndedSession): Promise<void> {
  const freed = await freeSlot(needs, sessionId, session);
  const open = inTheOpen(needs, sessionId, session);
  if (session.connectedSeconds === 0) await needs.bus.publish(SessionGranted, grantedFact(sessionId, open));
  await needs.bus.publish(SessionEnded, endedFact(sessionId, open));
  if (session.callId !== undefined && session.reason !== 'client') {
    // The call may be over already, and the provider may be down: our own end does not wait for it.
    await needs.provider
      .hangUp(session.callId)
      .catch((error: unknown) => needs.log.warn({ dependency: 'provider', error }, 'it did not hang up'));
  }
  await needs.sessions.update(sessionId, (known) =>
    known?.kind === 'ended' && !known.told
      ? { result: undefined, state: { ...known, told: true } }
      : { result: undefined },
  );
  if (freed !== undefined) needs.slots.confirm(session.tenantId, sessionId, freed);
}

/** Once, whoever tells and however often. The session is asked after the slots: that its end was told means that its slot is free. */
const freeSlot = (needs: Needs, sessionId: string, { tenantId }: EndedSession): Promise<number | undefined> =>
  needs.slots.update(tenantId, async (slots) => {
    const session = await needs.sessions.read(sessionId);
    if (session?.kind !== 'ended') return { result: undefined, counter: slots };
    const counter = free(slots, sessionId, session, needs.clock.now().getTime());
    return { result: counter.pending[sessionId]?.seq, counter };
  });

const page = 100;

/** Ends every live session of a tenant, or of one of its keys, and counts them. */
export async function endAll(
  needs: Needs,
  of: Readonly<{ tenantId: string; widgetKey?: string | undefined }>,
  reason: EndReason,
): Promise<number> {
  const tag = of.widgetKey === undefined ? tenantTag(of.tenantId) : keyTag(of.widgetKey);
  let count = 0;
  let after: string | undefined;
  for (;;) {
    const found = await needs.sessions.tagged(tag, page, after);
    // Side by side: behind a provider that is slow to hang up, nobody's call may live on for the time of all before it.
    const ends = found.map(({ key }) =>
      end(needs, key, (session) => (session.tenantId === of.tenantId ? reason : undefined)),
    );
    count += (await Promise.all(ends)).filter((session) => session?.kind === 'ended').length;
    after = found.at(-1)?.key;
    if (found.length < page) return count;
  }
}
