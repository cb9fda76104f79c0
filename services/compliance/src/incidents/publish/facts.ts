import {
  type Acting,
  IncidentClosed,
  IncidentDueSoon,
  IncidentNoted,
  IncidentOpened,
  type IncidentOutcome,
  IncidentOverdue,
  type IncidentStep,
  makeFact,
} from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Incident } from '../decide/incident.ts';

type Publishing = Pick<Bus, 'publish'>;
type OfIncident = Pick<Incident, 'tenantId' | 'incidentId'>;

/** Ids derive from the incident and the act, so that a fact that is published again is a duplicate. */
const headOf = (what: string, { tenantId, incidentId }: OfIncident, at: Date, act = '') => ({
  id: `incident-${what}:${tenantId}:${incidentId}${act === '' ? '' : `:${act}`}`,
  source: 'compliance',
  at,
});
const dataOf = ({ tenantId, incidentId }: OfIncident) => ({ tenantId, incidentId });

export async function publishOpened(bus: Publishing, incident: Incident, dueMs: number, by: Acting): Promise<void> {
  const { signal, awareAtMs, openedAtMs } = incident;
  const dates = { awareAt: new Date(awareAtMs).toISOString(), dueAt: new Date(dueMs).toISOString() };
  const head = headOf('opened', incident, new Date(openedAtMs));
  await bus.publish(IncidentOpened, makeFact(IncidentOpened, head, { ...dataOf(incident), signal, ...dates, ...by }));
}

export async function publishNoted(
  bus: Publishing,
  incident: Incident,
  act: Readonly<{ id: string; at: Date; steps: readonly IncidentStep[] }>,
  by: Acting,
): Promise<void> {
  const head = headOf('noted', incident, act.at, act.id);
  const data = { ...dataOf(incident), steps: [...act.steps], risk: incident.risk, ...by };
  await bus.publish(IncidentNoted, makeFact(IncidentNoted, head, data));
}

export async function publishClosed(
  bus: Publishing,
  incident: OfIncident,
  at: Date,
  said: Readonly<{ outcome: IncidentOutcome }> & Acting,
): Promise<void> {
  const head = headOf('closed', incident, at);
  await bus.publish(IncidentClosed, makeFact(IncidentClosed, head, { ...dataOf(incident), ...said }));
}

/** A deadline is a day away, or past. */
export async function publishLateness(
  bus: Publishing,
  incident: OfIncident,
  late: 'due soon' | 'overdue',
  { at, dueMs }: Readonly<{ at: Date; dueMs: number }>,
): Promise<void> {
  const kind = late === 'due soon' ? IncidentDueSoon : IncidentOverdue;
  const data = { ...dataOf(incident), dueAt: new Date(dueMs).toISOString() };
  await bus.publish(kind, makeFact(kind, headOf(late === 'due soon' ? 'due-soon' : 'overdue', incident, at), data));
}
