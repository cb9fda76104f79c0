import { IncidentOutcome, IncidentRisk, IncidentSignal, IncidentStep, SaidValues } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { dueAtMs, type Incident } from '../decide/incident.ts';
import type { SignalHour } from '../decide/signal.ts';

/** Incidents, by `incidentKey`. */
export type Incidents = DocumentStore<Incident>;
/** What was counted of the signs of incidents, by `signalKey`. An hour goes three days after it. */
export type SignalHours = DocumentStore<SignalHour>;

export type IncidentStores = Readonly<{ incidents: Incidents; signalHours: SignalHours }>;

export const incidentKey = (tenantId: string, incidentId: string): string => `${tenantId}/${incidentId}`;
export const incidentTag = (tenantId: string): string => `tenant:${tenantId}`;
export const signalKey = ({ tenantId, signal, hourMs }: Pick<SignalHour, 'tenantId' | 'signal' | 'hourMs'>): string =>
  `${tenantId}/${signal}/${hourMs}`;

const ms = z.number().int();
const msOrNull = ms.nullable();

export const incidentDocuments: StoredKind<Incident> = {
  collection: 'incidents',
  schema: z.object({
    tenantId: z.string(),
    incidentId: z.uuid(),
    title: z.string(),
    signal: IncidentSignal.nullable(),
    openedBy: z.string(),
    openedAtMs: ms,
    awareAtMs: ms,
    risk: IncidentRisk,
    persons: z.number().int().nonnegative().nullable(),
    authorityToldAtMs: msOrNull,
    personsToldAtMs: msOrNull,
    closedAtMs: msOrNull,
    outcome: IncidentOutcome.nullable(),
    timeline: z.array(
      z.object({
        ...{ id: z.string(), atMs: ms, actor: z.string(), step: IncidentStep, text: z.string() },
        values: SaidValues.optional(),
      }),
    ),
    told: z.object({ dueSoon: z.boolean(), overdue: z.boolean() }),
  }),
  dueAtMs,
  tags: ({ tenantId }) => [incidentTag(tenantId)],
};

/** Longer than facts are heard again. */
const hourKeptMs = 3 * 86_400_000;

export const signalHourDocuments: StoredKind<SignalHour> = {
  collection: 'incident_signals',
  schema: z.object({
    tenantId: z.string(),
    signal: IncidentSignal,
    hourMs: ms,
    count: z.number().int().nonnegative(),
    seen: z.array(z.string()),
  }),
  dueAtMs: ({ hourMs }) => hourMs + hourKeptMs,
};
