import { type IncidentView, mistakeSaid, type OpenIncident } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { dueMs, type Incident, opened } from '../decide/incident.ts';
import { viewOf } from '../decide/view.ts';
import { type Incidents, incidentKey } from '../keep/incidents.ts';
import { publishOpened } from '../publish/facts.ts';

type Asked = z.infer<(typeof OpenIncident)['request']>;
export type OpenIncidentDependencies = ActDependencies &
  Readonly<{ incidents: Pick<Incidents, 'decideOnce'>; bus: Pick<Bus, 'publish'> }>;

/** A person opens an incident. Stored, then published. The same id again answers what was opened then. */
export const openIncident =
  (dependencies: OpenIncidentDependencies) =>
  (asked: Asked): Promise<IncidentView> => {
    const { tenantId, actor, reason, requestId } = asked;
    const act = { tenantId, actor, reason, requestId, action: 'incident.open', target: `tenant:${tenantId}` };
    return recorded(dependencies, act, () => openedByPerson(dependencies, asked), { record: 'refusals' });
  };

async function openedByPerson(dependencies: OpenIncidentDependencies, asked: Asked): Promise<IncidentView> {
  const { incidents, bus, clock, uuid } = dependencies;
  const { tenantId, title, note = '', awareAt, risk, actor, reason, requestId } = asked;
  const nowMs = clock.now().getTime();
  const awareAtMs = pastMs('awareAt', awareAt, nowMs) ?? nowMs;
  const incidentId = asked.incidentId ?? uuid();
  const born = { tenantId, incidentId, title, signal: null, openedBy: actor, openedAtMs: nowMs, awareAtMs, risk, note };
  const { state } = await incidents.decideOnce(incidentKey(tenantId, incidentId), { propose: () => opened(born) });
  await publishOpened(bus, state, dueMs(state), { actor: state.openedBy, reason, requestId });
  return viewOf(state, nowMs);
}

/** Opens an incident for signs that were seen. The same incident again is published again, which is a duplicate. */
export async function openForSignal(
  { incidents, bus }: Pick<OpenIncidentDependencies, 'incidents' | 'bus'>,
  born: Parameters<typeof opened>[0],
): Promise<Incident> {
  const { state } = await incidents.decideOnce(incidentKey(born.tenantId, born.incidentId), {
    propose: () => opened(born),
  });
  await publishOpened(bus, state, dueMs(state), { actor: state.openedBy });
  return state;
}

/** A moment that somebody names. Throws Fault INVALID_REQUEST when it has not come yet. */
export function pastMs(field: string, moment: string | undefined, nowMs: number): number | undefined {
  if (moment === undefined) return undefined;
  const ms = Date.parse(moment);
  if (ms > nowMs) throw invalidField(field, mistakeSaid('in-the-future'));
  return ms;
}
