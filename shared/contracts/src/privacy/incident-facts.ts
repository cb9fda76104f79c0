import { z } from 'zod';
import { factKind } from '../kinds/fact.ts';
import { acting } from '../values/acting.ts';
import { TenantId } from '../values/ids.ts';
import { IncidentOutcome, IncidentRisk, IncidentSignal, IncidentStep } from './incidents.ts';

const ofIncident = { tenantId: TenantId, incidentId: z.uuid() };
const common = { version: 1, scope: 'tenant', stream: 'VOX_PRIVACY', publishers: ['compliance'] } as const;

export const IncidentOpened = factKind({
  ...common,
  name: 'vox.privacy.incident-opened',
  summary: 'An incident was opened, by a person or by what the doors refused, and its 72 hours count.',
  data: z.object({
    ...ofIncident,
    signal: IncidentSignal.nullable(),
    awareAt: z.iso.datetime(),
    dueAt: z.iso.datetime(),
    ...acting,
  }),
});

export const IncidentNoted = factKind({
  ...common,
  name: 'vox.privacy.incident-noted',
  summary: 'Something was added to the timeline of an incident. What was written stands in no fact.',
  data: z.object({ ...ofIncident, steps: z.array(IncidentStep), risk: IncidentRisk, ...acting }),
});

export const IncidentClosed = factKind({
  ...common,
  name: 'vox.privacy.incident-closed',
  summary: 'An incident was closed.',
  data: z.object({ ...ofIncident, outcome: IncidentOutcome, ...acting }),
});

export const IncidentDueSoon = factKind({
  ...common,
  name: 'vox.privacy.incident-due-soon',
  summary: 'An authority must be told of an incident within a day, unless it is no breach.',
  data: z.object({ ...ofIncident, dueAt: z.iso.datetime() }),
});

export const IncidentOverdue = factKind({
  ...common,
  name: 'vox.privacy.incident-overdue',
  summary: 'The 72 hours of an incident have passed, and nobody has noted that the authority was told.',
  data: z.object({ ...ofIncident, dueAt: z.iso.datetime() }),
});

export const incidentFacts = [IncidentOpened, IncidentNoted, IncidentClosed, IncidentDueSoon, IncidentOverdue] as const;
