import { SessionExpiring, UsageMetered } from '@vox/contracts';
import { leftPending } from '@vox/platform/store';
import { inParallel } from '@vox/platform/time';
import { connectedSeconds, overdue, type Session, warnBeforeMs } from '../decide/session.ts';
import type { PendingSlot } from '../decide/slots.ts';
import { expiringFact, meteredFact } from '../publish/facts.ts';
import { end, tell } from './end.ts';
import { giveBack } from './give-back.ts';
import type { Needs } from './needs.ts';

const batch = 200;

/**
 * Goes on where a crash left off, ends what nobody ended, warns once, tells again what a crash left untold, forgets what is old. Several copies may
 * run it at once.
 */
export async function sweep(needs: Needs): Promise<void> {
  const nowMs = needs.clock.now().getTime();
  await inParallel(await needs.slots.due(nowMs, batch), async ({ key, state }) => {
    for (const sessionId of leftPending(state, nowMs)) {
      const pending = state.pending[sessionId];
      if (pending !== undefined) await goOn(needs, key, sessionId, pending);
    }
  });
  await inParallel(await needs.sessions.due(nowMs, batch), ({ key, state }) => attend(needs, key, state));
}

/** Clears what is pending. A claim that nobody decided on is denied first, so that whoever still means to grant it finds that out. */
async function goOn(needs: Needs, tenantId: string, sessionId: string, pending: PendingSlot): Promise<void> {
  const { identity, what } = pending;
  const decidedAtMs = needs.clock.now().getTime();
  const denied: Session = { kind: 'denied', tenantId, identity, denial: { reason: 'expired' }, decidedAtMs };
  if (what === 'claimed')
    await needs.sessions.update(sessionId, (known) =>
      known === undefined ? { result: undefined, state: denied } : { result: undefined },
    );
  await giveBack(needs, tenantId, sessionId);
}

async function attend(needs: Needs, sessionId: string, session: Session): Promise<void> {
  if (session.kind === 'live') {
    const now = await end(needs, sessionId, overdue);
    if (now?.kind === 'live') await warn(needs, sessionId);
  } else if (session.kind === 'ended' && !session.told) await tell(needs, sessionId, session);
  else await needs.sessions.update(sessionId, () => ({ result: undefined, remove: true }));
}

/** Publishes before it marks: after a crash the same fact is published again, and is a duplicate. */
async function warn(needs: Needs, sessionId: string): Promise<void> {
  const now = needs.clock.now();
  const session = await needs.sessions.read(sessionId);
  if (
    session?.kind !== 'live' ||
    session.warned ||
    session.connectedAtMs === undefined ||
    now.getTime() < session.endsAtMs - warnBeforeMs
  )
    return;
  await needs.bus.publish(SessionExpiring, expiringFact(sessionId, session, now));
  await needs.bus.publish(UsageMetered, meteredFact(sessionId, session, connectedSeconds(session, now.getTime()), now));
  await needs.sessions.update(sessionId, (known) =>
    known?.kind === 'live' ? { result: undefined, state: { ...known, warned: true } } : { result: undefined },
  );
}
