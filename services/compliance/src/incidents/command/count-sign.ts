import type { Bus } from '@vox/platform/bus';
import { derivedUuid } from '@vox/platform/crypto';
import { counted, hourOf, isReached, noteOf, type Sign, type SignalHour, titles } from '../decide/signal.ts';
import { type IncidentStores, signalKey } from '../keep/incidents.ts';
import { openForSignal } from './open-incident.ts';

export type CountSign = Readonly<{
  signalHours: Pick<IncidentStores['signalHours'], 'update'>;
  incidents: Pick<IncidentStores['incidents'], 'decideOnce'>;
  bus: Pick<Bus, 'publish'>;
}>;

/** A fact that bears a sign of an incident of a tenant. */
export type SeenSign = Sign & Readonly<{ tenantId: string; factId: string; atMs: number }>;

/**
 * Counts a fact once, however often it is delivered. The fact with which an hour reaches its threshold opens an
 * incident, one a day of each kind; whoever is killed before that opens it when the fact comes again.
 */
export async function countSign(dependencies: CountSign, seen: SeenSign): Promise<void> {
  const { tenantId, signal, factId, weight, atMs } = seen;
  const hour: SignalHour = { tenantId, signal, hourMs: hourOf(atMs), count: 0, seen: [] };
  const now = await dependencies.signalHours.update<SignalHour>(signalKey(hour), (known) => {
    const state = counted(known ?? hour, factId, weight);
    return state === known ? { result: state } : { result: state, state };
  });
  if (!isReached(now) || now.seen.at(-1) !== factId) return;
  const day = new Date(atMs).toISOString().slice(0, 10);
  await openForSignal(dependencies, {
    ...{ tenantId, incidentId: derivedUuid('incident', tenantId, signal, day), signal },
    ...{ title: titles[signal], ...noteOf(signal), openedBy: 'service:compliance', risk: 'unknown' },
    ...{ openedAtMs: atMs, awareAtMs: atMs },
  });
}
