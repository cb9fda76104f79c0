import type { IncidentRow, IncidentView } from '@vox/contracts';
import { deadlineOf, dueMs, type Incident } from './incident.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));

/** An incident as a row of the register. */
export const rowOf = (incident: Incident, nowMs: number): IncidentRow => ({
  ...{ tenantId: incident.tenantId, incidentId: incident.incidentId, title: incident.title },
  state: incident.closedAtMs === null ? 'open' : 'closed',
  ...{ risk: incident.risk, persons: incident.persons, signal: incident.signal, openedBy: incident.openedBy },
  openedAt: iso(incident.openedAtMs),
  awareAt: iso(incident.awareAtMs),
  dueAt: iso(dueMs(incident)),
  deadline: deadlineOf(incident, nowMs),
  authorityToldAt: isoOrNull(incident.authorityToldAtMs),
  personsToldAt: isoOrNull(incident.personsToldAtMs),
  closedAt: isoOrNull(incident.closedAtMs),
  outcome: incident.outcome,
});

export const viewOf = (incident: Incident, nowMs: number): IncidentView => ({
  ...rowOf(incident, nowMs),
  timeline: incident.timeline.map(({ atMs, actor, step, text, values }) => ({
    ...{ at: iso(atMs), actor, step, text },
    ...(values !== undefined && { values }),
  })),
});
