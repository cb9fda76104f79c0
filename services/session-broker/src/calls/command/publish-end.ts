import { CallSignal, type EndConfirmation, SessionEnded, SessionGranted } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SealKey } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { hangUp, type Providers } from '../../provider/mod.ts';
import { freeSlot, type SlotCounters, type SlotHolders } from '../../slots/mod.ts';
import type { Watches } from '../../watch/mod.ts';
import { confirmationOf, type EndedCall, retryAtMs } from '../decide/end.ts';
import { type EndedSession, providerOf } from '../decide/session.ts';
import { inTheOpen } from '../keep/sealed-person.ts';
import type { Sessions } from '../keep/sessions.ts';
import { endedFact, grantedFact } from '../publish/facts.ts';

export type PublishEndDependencies = Readonly<{
  sessions: Pick<Sessions, 'update'>;
  slots: Pick<SlotCounters, 'update' | 'confirm'>;
  holders: Pick<SlotHolders, 'find'>;
  bus: Pick<Bus, 'publish' | 'signal'>;
  providers: Providers;
  watches: Pick<Watches, 'close'>;
  sealKey: SealKey;
  clock: Clock;
  log: Log;
}>;

/**
 * Frees the slot, publishes the end and hangs up, and only then marks the end as published: after a crash the sweep
 * does all of it again. A brokered call is hung up first, again and again until it is sure that it is over: until then
 * it keeps its slot and its budget. When nobody connected it publishes the grant too, which a crash may have left in
 * the outbox.
 */
export async function publishEnd(
  dependencies: PublishEndDependencies,
  sessionId: string,
  session: EndedSession,
): Promise<void> {
  const { sessions, slots, bus, sealKey, watches } = dependencies;
  const { tenantId, mode, reason, by, callId } = session;
  const provider = providerOf(session);
  bus.signal(CallSignal, { tenantId, sessionId }, { kind: 'ended', reason, by });
  let confirmedBy: EndConfirmation | undefined;
  if (mode === 'brokered' && callId !== undefined) {
    confirmedBy = await confirmEnd(dependencies, sessionId, { ...session, callId });
    if (confirmedBy === undefined) return;
    watches.close({ provider, callId });
  }
  const freed = await freeSlot(dependencies, tenantId, sessionId);
  const open = inTheOpen(sealKey, sessionId, { ...session, confirmedBy });
  if (session.connectedSeconds === 0) await bus.publish(SessionGranted, grantedFact(sessionId, open));
  await bus.publish(SessionEnded, endedFact(sessionId, open));
  if (mode !== 'brokered' && callId !== undefined && (reason !== 'client' || by !== undefined))
    await hangUp(dependencies, { provider, callId });
  await sessions.update(sessionId, (known) =>
    known?.kind === 'ended' && !known.told
      ? { result: undefined, state: { ...known, confirmedBy, told: true } }
      : { result: undefined },
  );
  if (freed !== undefined) slots.confirm(tenantId, sessionId, freed);
}

/** Ends a call at the provider. Answers what shows that it is over; `undefined` when it must be tried again. */
async function confirmEnd(
  dependencies: PublishEndDependencies,
  sessionId: string,
  session: EndedCall,
): Promise<EndConfirmation | undefined> {
  const { sessions, clock } = dependencies;
  if (session.confirmedBy !== undefined) return session.confirmedBy;
  const call = { provider: providerOf(session), callId: session.callId };
  const confirmed = confirmationOf(session, await hangUp(dependencies, call), clock.now().getTime());
  if (confirmed !== undefined) return confirmed;
  const againAtMs = retryAtMs(clock.now().getTime());
  await sessions.update(sessionId, (known) =>
    known?.kind === 'ended' && !known.told
      ? { result: undefined, state: { ...known, retryAtMs: againAtMs } }
      : { result: undefined },
  );
  return undefined;
}
