import { SessionEnded, SessionGranted } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SealKey } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { hangUp, type Provider } from '../../provider/mod.ts';
import { freeSlot, type SlotCounters, type SlotHolders } from '../../slots/mod.ts';
import type { EndedSession } from '../decide/session.ts';
import { inTheOpen } from '../keep/sealed-person.ts';
import type { Sessions } from '../keep/sessions.ts';
import { endedFact, grantedFact } from '../publish/facts.ts';

export type PublishEndDependencies = Readonly<{
  sessions: Pick<Sessions, 'update'>;
  slots: Pick<SlotCounters, 'update' | 'confirm'>;
  holders: Pick<SlotHolders, 'find'>;
  bus: Pick<Bus, 'publish'>;
  provider: Pick<Provider, 'hangUp'>;
  sealKey: SealKey;
  clock: Clock;
  log: Log;
}>;

/**
 * Frees the slot, publishes the end and hangs up, and only then marks the end as published: after a crash the sweep
 * does all of it again. When nobody connected it publishes the grant too, which a crash may have left in the outbox.
 */
export async function publishEnd(
  dependencies: PublishEndDependencies,
  sessionId: string,
  session: EndedSession,
): Promise<void> {
  const { sessions, slots, bus, sealKey } = dependencies;
  const freed = await freeSlot(dependencies, session.tenantId, sessionId);
  const open = inTheOpen(sealKey, sessionId, session);
  if (session.connectedSeconds === 0) await bus.publish(SessionGranted, grantedFact(sessionId, open));
  await bus.publish(SessionEnded, endedFact(sessionId, open));
  if (session.callId !== undefined && session.reason !== 'client') await hangUp(dependencies, session.callId);
  await sessions.update(sessionId, (known) =>
    known?.kind === 'ended' && !known.told
      ? { result: undefined, state: { ...known, told: true } }
      : { result: undefined },
  );
  if (freed !== undefined) slots.confirm(session.tenantId, sessionId, freed);
}
