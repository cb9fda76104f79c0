import { IncidentClosed, IncidentDueSoon, IncidentNoted, IncidentOpened, IncidentOverdue } from '@vox/contracts';
import { asked, type Projections, self } from './act-forms.ts';

/** How the facts of incidents read as acts. */
export const incidentActs = {
  [IncidentOpened.name]: ({ data }) => asked(data, 'incident.open', `incident:${data.incidentId}`),
  [IncidentNoted.name]: ({ data }) => asked(data, 'incident.note', `incident:${data.incidentId}`),
  [IncidentClosed.name]: ({ data }) => asked(data, 'incident.close', `incident:${data.incidentId}`),
  [IncidentDueSoon.name]: (fact) =>
    self(fact, 'incident.warn', `incident:${fact.data.incidentId}`, { reason: `due ${fact.data.dueAt}` }),
  [IncidentOverdue.name]: (fact) =>
    self(fact, 'incident.miss', `incident:${fact.data.incidentId}`, { reason: `due ${fact.data.dueAt}` }),
} satisfies Partial<Projections>;
