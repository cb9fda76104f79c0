import { type IncidentView, mistakeSaid, type NoteIncident } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { entriesMax, type Noted, noted } from '../decide/incident.ts';
import { viewOf } from '../decide/view.ts';
import { type Incidents, incidentKey } from '../keep/incidents.ts';
import { publishNoted } from '../publish/facts.ts';
import { pastMs } from './open-incident.ts';

type Asked = z.infer<(typeof NoteIncident)['request']>;
export type NoteIncidentDependencies = ActDependencies &
  Readonly<{ incidents: Pick<Incidents, 'update'>; bus: Pick<Bus, 'publish'> }>;

/** Adds to the timeline of an incident. The same request again adds nothing, and publishes the same fact. */
export const noteIncident =
  (dependencies: NoteIncidentDependencies) =>
  (asked: Asked): Promise<IncidentView> => {
    const { tenantId, incidentId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'incident.note', target: `incident:${incidentId}` };
    return recorded(dependencies, act, () => added(dependencies, asked), { record: 'refusals' });
  };

async function added(dependencies: NoteIncidentDependencies, asked: Asked): Promise<IncidentView> {
  const { incidents, bus, clock, uuid } = dependencies;
  const { tenantId, incidentId, actor, reason, requestId, note, risk, persons } = asked;
  const now = clock.now();
  const nowMs = now.getTime();
  const id = requestId ?? uuid();
  const addition = {
    ...{ id, actor, atMs: nowMs, note, risk, persons },
    authorityToldAtMs: pastMs('authorityToldAt', asked.authorityToldAt, nowMs),
    personsToldAtMs: pastMs('personsToldAt', asked.personsToldAt, nowMs),
  };
  const result = await incidents.update<Noted | undefined>(incidentKey(tenantId, incidentId), (known) => {
    const decided = known && noted(known, addition);
    return decided?.kind === 'noted' ? { result: decided, state: decided.incident } : { result: decided };
  });
  if (result === undefined) throw new Fault('NOT_FOUND');
  if (result.kind === 'closed') throw invalidField('incidentId', mistakeSaid('incident-closed'));
  if (result.kind !== 'noted') throw invalidField('incidentId', mistakeSaid('incident-full', { most: entriesMax }));
  await publishNoted(bus, result.incident, { id, at: now, steps: result.steps }, { actor, reason, requestId });
  return viewOf(result.incident, nowMs);
}
