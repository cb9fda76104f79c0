import {
  type IncidentOutcome,
  type IncidentRisk,
  type IncidentSignal,
  type IncidentStep,
  incidentHours,
  type SaidValues,
} from '@vox/contracts';
import { lateness, nextLookMs } from '../../deadlines/mod.ts';

/** One entry of a timeline. `id` derives from the act: the same act again adds nothing. */
export type IncidentEntry = Readonly<{
  id: string;
  atMs: number;
  actor: string;
  step: IncidentStep;
  text: string;
  /** What stands in a text that nobody wrote. */
  values?: SaidValues | undefined;
}>;

/** Something that may be a breach of personal data, from its first sign to its end. It names no person but who acts. */
export type Incident = Readonly<{
  tenantId: string;
  incidentId: string;
  title: string;
  signal: IncidentSignal | null;
  openedBy: string;
  openedAtMs: number;
  /** From when the hours of Art. 33 count. */
  awareAtMs: number;
  risk: IncidentRisk;
  persons: number | null;
  authorityToldAtMs: number | null;
  personsToldAtMs: number | null;
  closedAtMs: number | null;
  outcome: IncidentOutcome | null;
  timeline: readonly IncidentEntry[];
  /** Which deadline facts are published. */
  told: Readonly<{ dueSoon: boolean; overdue: boolean }>;
}>;

/** Longer timelines belong into a document of the tenant's own. */
export const entriesMax = 500;

const hourMs = 3_600_000;
const soonMs = 24 * hourMs;

export const dueMs = ({ awareAtMs }: Pick<Incident, 'awareAtMs'>): number => awareAtMs + incidentHours * hourMs;

type Dated = Pick<Incident, 'awareAtMs' | 'authorityToldAtMs' | 'closedAtMs' | 'risk'>;

/** When it was settled that the authority knows, or need not know (GDPR, Art. 33(1): unless a risk is unlikely). */
const settledAtMs = ({ authorityToldAtMs, closedAtMs }: Dated): number | null => authorityToldAtMs ?? closedAtMs;

/** How an incident stands to its deadline. A delay is a miss, also when the authority was told after it. */
export function deadlineOf(incident: Dated, nowMs: number): 'running' | 'kept' | 'missed' {
  const settledMs = settledAtMs(incident);
  if (settledMs !== null) return settledMs <= dueMs(incident) ? 'kept' : 'missed';
  return nowMs >= dueMs(incident) ? 'missed' : 'running';
}

/** What is still to be said of the deadline of an incident. */
export function warningOf(incident: Dated, nowMs: number): 'in time' | 'due soon' | 'overdue' {
  return settledAtMs(incident) === null ? lateness(dueMs(incident), nowMs, soonMs) : 'in time';
}

/** When a sweep must look at it. One that is settled is left alone. */
export function dueAtMs(incident: Incident): number | undefined {
  if (settledAtMs(incident) !== null || incident.told.overdue) return undefined;
  const dueAt = dueMs(incident);
  return incident.told.dueSoon ? dueAt : nextLookMs(dueAt, 0, soonMs);
}

/** An incident that nobody has looked at yet. */
export const opened = (
  born: Pick<
    Incident,
    'tenantId' | 'incidentId' | 'title' | 'signal' | 'openedBy' | 'openedAtMs' | 'awareAtMs' | 'risk'
  > &
    Readonly<{ note: string; values?: SaidValues }>,
): Incident => {
  const { note, values, ...incident } = born;
  const said = { step: 'opened', text: note, ...(values !== undefined && { values }) } as const;
  const entry = { id: 'opened', atMs: born.openedAtMs, actor: born.openedBy, ...said };
  return {
    ...incident,
    ...{ persons: null, authorityToldAtMs: null, personsToldAtMs: null, closedAtMs: null, outcome: null },
    timeline: [entry],
    told: { dueSoon: false, overdue: false },
  };
};

/** What somebody adds. `id` names the act. */
export type Added = Readonly<{
  id: string;
  actor: string;
  atMs: number;
  note?: string | undefined;
  risk?: IncidentRisk | undefined;
  persons?: number | undefined;
  authorityToldAtMs?: number | undefined;
  personsToldAtMs?: number | undefined;
}>;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The steps of an act, in the order in which they stand on the timeline. */
function stepsOf(added: Added): readonly (readonly [IncidentStep, string])[] {
  const { note, risk, persons, authorityToldAtMs, personsToldAtMs } = added;
  return [
    ...(note === undefined ? [] : [['note', note] as const]),
    ...(risk === undefined ? [] : [['risk', risk] as const]),
    ...(persons === undefined ? [] : [['persons', String(persons)] as const]),
    ...(authorityToldAtMs === undefined ? [] : [['authority-told', iso(authorityToldAtMs)] as const]),
    ...(personsToldAtMs === undefined ? [] : [['persons-told', iso(personsToldAtMs)] as const]),
  ];
}

export type Noted =
  | Readonly<{ kind: 'noted'; incident: Incident; steps: readonly IncidentStep[] }>
  | Readonly<{ kind: 'closed' | 'full' }>;

const idOf = (id: string, step: IncidentStep): string => `${id}:${step}`;

/** The incident with what was added. An act that it has already changes nothing; a closed one takes no more. */
export function noted(incident: Incident, added: Added): Noted {
  const { id, actor, atMs } = added;
  const steps = stepsOf(added);
  const names = steps.map(([step]) => step);
  const known = new Set(incident.timeline.map((entry) => entry.id));
  if (names.every((step) => known.has(idOf(id, step)))) return { kind: 'noted', incident, steps: names };
  if (incident.closedAtMs !== null) return { kind: 'closed' };
  if (incident.timeline.length + steps.length > entriesMax) return { kind: 'full' };
  const entries = steps.map(([step, text]) => ({ id: idOf(id, step), atMs, actor, step, text }));
  return {
    kind: 'noted',
    steps: names,
    incident: {
      ...incident,
      risk: added.risk ?? incident.risk,
      persons: added.persons ?? incident.persons,
      // The first time counts: whoever tells an authority more later has told it then all the same.
      authorityToldAtMs: incident.authorityToldAtMs ?? added.authorityToldAtMs ?? null,
      personsToldAtMs: incident.personsToldAtMs ?? added.personsToldAtMs ?? null,
      timeline: [...incident.timeline, ...entries],
    },
  };
}

export type Closing = Readonly<{
  actor: string;
  atMs: number;
  outcome: IncidentOutcome;
  reason: string;
  authorityToldAtMs?: number | undefined;
}>;

export type Closed =
  | Readonly<{ kind: 'closed'; incident: Incident }>
  | Readonly<{ kind: 'untold' | 'closed otherwise' | 'at risk' }>;

/**
 * The incident at its end. It is closed once; asked again, it stays as it was. Nobody closes it as told who does not
 * know when that was, and nothing with a risk ends without the authority being told (GDPR, Art. 33(1)).
 */
export function closed(incident: Incident, closing: Closing): Closed {
  const { actor, atMs, outcome, reason, authorityToldAtMs } = closing;
  if (incident.closedAtMs !== null)
    return incident.outcome === outcome ? { kind: 'closed', incident } : { kind: 'closed otherwise' };
  const toldAtMs = incident.authorityToldAtMs ?? authorityToldAtMs ?? null;
  if (outcome === 'authority-told' && toldAtMs === null) return { kind: 'untold' };
  if (outcome === 'no-risk' && (incident.risk === 'risk' || incident.risk === 'high')) return { kind: 'at risk' };
  const entry = { id: 'closed', atMs, actor, step: 'closed', text: `${outcome}: ${reason}` } as const;
  return {
    kind: 'closed',
    incident: {
      ...incident,
      ...{ outcome, closedAtMs: atMs, authorityToldAtMs: toldAtMs },
      timeline: [...incident.timeline, entry],
    },
  };
}
