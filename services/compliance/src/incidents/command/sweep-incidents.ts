import type { Policy } from '@vox/contracts';
import type { Bus, Replica } from '@vox/platform/bus';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import { type HoldDependencies, holding } from '../../holds/mod.ts';
import { dueMs, type Incident, warningOf } from '../decide/incident.ts';
import { type IncidentStores, incidentKey, incidentTag } from '../keep/incidents.ts';
import { publishLateness } from '../publish/facts.ts';

export type WarnOfIncidents = Readonly<{
  incidents: Pick<IncidentStores['incidents'], 'due' | 'update'>;
  signalHours: Pick<IncidentStores['signalHours'], 'due' | 'remove'>;
  bus: Pick<Bus, 'publish'>;
  clock: Clock;
}>;

const batch = 100;

/** Says once of each incident that a day is left, and once that its hours are over. Old counts go. */
export async function warnOfIncidents(dependencies: WarnOfIncidents): Promise<void> {
  const { incidents, signalHours, clock } = dependencies;
  const nowMs = clock.now().getTime();
  for (const { state } of await incidents.due(nowMs, batch)) await warnOf(dependencies, state);
  for (const { key } of await signalHours.due(nowMs, batch)) await signalHours.remove(key);
}

async function warnOf({ incidents, bus, clock }: WarnOfIncidents, incident: Incident): Promise<void> {
  const at = clock.now();
  const late = warningOf(incident, at.getTime());
  if (late === 'in time') return;
  const when = { at, dueMs: dueMs(incident) };
  if (!incident.told.dueSoon) await publishLateness(bus, incident, 'due soon', when);
  if (late === 'overdue') await publishLateness(bus, incident, 'overdue', when);
  await incidents.update(incidentKey(incident.tenantId, incident.incidentId), (now) =>
    now === undefined
      ? { result: undefined }
      : {
          result: undefined,
          state: { ...now, told: { dueSoon: true, overdue: now.told.overdue || late === 'overdue' } },
        },
  );
}

export type DropOldIncidents = HoldDependencies &
  Readonly<{
    incidents: Pick<IncidentStores['incidents'], 'tagged' | 'remove'>;
    policies: Pick<Replica<Policy>, 'get' | 'current'>;
    clock: Clock;
  }>;

const dayMs = 86_400_000;

/**
 * Removes incidents that were closed longer ago than the audit log is kept: until then the register proves what was
 * known and done (GDPR, Art. 33(5)). A hold on the whole tenant stops it.
 */
export async function dropOldIncidents(dependencies: DropOldIncidents, tenantId: string): Promise<void> {
  const { incidents, policies, clock } = dependencies;
  const policy = policies.get(tenantId);
  if (policy === undefined || !policies.current()) return;
  const before = clock.now().getTime() - policy.retention.audit * dayMs;
  const old: string[] = [];
  for await (const { key, state } of everyTagged(incidents, incidentTag(tenantId)))
    if (state.closedAtMs !== null && state.closedAtMs < before) old.push(key);
  if (old.length === 0) return;
  const isHeld = await holding(dependencies, tenantId);
  if ((await isHeld({})) !== undefined) return;
  for (const key of old) await incidents.remove(key);
}
