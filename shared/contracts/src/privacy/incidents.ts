import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { acting, Reason } from '../values/acting.ts';
import { fieldSentences } from '../values/field-mistakes.ts';
import { TenantId } from '../values/ids.ts';
import { plainLine, plainText } from '../values/plain-text.ts';
import { SaidValues } from '../values/said.ts';
import { DeadlinePlace } from './deadline-place.ts';

/**
 * An authority is told of a breach within so many hours after its controller became aware of it (GDPR, Art. 33(1)). The
 * hours go on over weekends and holidays (EDPB Guidelines 9/2022, no. 31 to 33).
 */
export const incidentHours = 72;

/** What opens an incident by itself: so many refusals, flags or doubts of one kind within an hour of the clock. */
export const IncidentSignal = z.enum(['guessed-credentials', 'refused-acts', 'unchecked-bots', 'forged-reports']);
export type IncidentSignal = z.infer<typeof IncidentSignal>;

/** How likely and how grave it is for persons. It decides who must be told (GDPR, Art. 33(1) and 34(1)). */
export const IncidentRisk = z.enum(['unknown', 'none', 'risk', 'high']);
export type IncidentRisk = z.infer<typeof IncidentRisk>;

export const IncidentState = z.enum(['open', 'closed']);
export type IncidentState = z.infer<typeof IncidentState>;

/** How an incident ended. Whoever closes it as told names when the authority was told, here or before. */
export const IncidentOutcome = z.enum(['no-breach', 'no-risk', 'authority-told']);
export type IncidentOutcome = z.infer<typeof IncidentOutcome>;

/** `kept`: the authority was told in time, or need not be. `missed`: the 72 hours passed before that. */
export const IncidentDeadline = z.enum(['running', 'kept', 'missed']);

const count = z.number().int().nonnegative();
const moment = z.iso.datetime();
const named = { tenantId: TenantId, incidentId: z.uuid() };

/** One row of the register of breaches (GDPR, Art. 33(5)). */
const row = {
  ...named,
  title: z.string(),
  state: IncidentState,
  risk: IncidentRisk,
  persons: count.nullable().describe('how many it concerns, approximately; null while nobody knows'),
  signal: IncidentSignal.nullable().describe('what opened it by itself; null when a person did'),
  openedBy: z.string(),
  openedAt: moment,
  awareAt: moment.describe('from when the 72 hours count'),
  dueAt: moment.describe('by when the authority must be told'),
  deadline: IncidentDeadline,
  authorityToldAt: moment.nullable(),
  personsToldAt: moment.nullable(),
  closedAt: moment.nullable(),
  outcome: IncidentOutcome.nullable(),
};
export const IncidentRow = z.object(row);
export type IncidentRow = z.infer<typeof IncidentRow>;

export const IncidentStep = z.enum(['opened', 'note', 'risk', 'persons', 'authority-told', 'persons-told', 'closed']);
export type IncidentStep = z.infer<typeof IncidentStep>;

export const IncidentView = z.object({
  ...row,
  timeline: z.array(
    z.object({
      ...{ at: moment, actor: z.string(), step: IncidentStep, text: z.string() },
      values: SaidValues.optional().describe('what stands in a text that VOX wrote'),
    }),
  ),
});
export type IncidentView = z.infer<typeof IncidentView>;

const withoutPersons = 'without personal data: it is kept as long as the audit log';
const note = plainText(2_000).min(1);
const risk = IncidentRisk;
const told = moment.describe('not in the future');

export const OpenIncident = question(
  'compliance',
  'incident-open',
  'Opens an incident, and begins the 72 hours of GDPR, Art. 33. The same incident id again changes nothing.',
  z.strictObject({
    tenantId: TenantId,
    incidentId: z.uuid().optional().describe('chosen by whoever opens it, so that it may be asked again'),
    title: plainLine(120).min(1).describe(`what happened, in a line, ${withoutPersons}`),
    note: note.optional().describe(withoutPersons),
    awareAt: told.optional().describe('when the controller became aware of it; now, unless it was earlier'),
    risk: risk.default('unknown'),
    ...acting,
  }),
  IncidentView,
  { action: 'incidents.write' },
);

export const NoteIncident = question(
  'compliance',
  'incident-note',
  'Adds to the timeline of an incident: a note, its risk, how many persons, or that somebody was told.',
  z
    .strictObject({
      ...named,
      note: note.optional().describe(`the nature, the consequences, the measures; ${withoutPersons}`),
      risk: risk.optional(),
      persons: count.optional(),
      authorityToldAt: told.optional(),
      personsToldAt: told.optional(),
      ...acting,
    })
    .refine(
      ({ note, risk, persons, authorityToldAt, personsToldAt }) =>
        [note, risk, persons, authorityToldAt, personsToldAt].some((each) => each !== undefined),
      { path: ['note'], message: fieldSentences['nothing-noted'] },
    ),
  IncidentView,
  { action: 'incidents.write' },
);

export const CloseIncident = question(
  'compliance',
  'incident-close',
  'Closes an incident. It stays in the register; another look at the same thing is another incident.',
  z.strictObject({ ...named, outcome: IncidentOutcome, authorityToldAt: told.optional(), ...acting, reason: Reason }),
  IncidentView,
  { action: 'incidents.close' },
);

export const ShowIncident = question(
  'compliance',
  'incident-show',
  'An incident with its timeline.',
  z.strictObject(named),
  IncidentView,
  { action: 'incidents.read' },
);

export const ListIncidents = question(
  'compliance',
  'incident-list',
  'The register of a tenant’s incidents, the one that is due first at the head.',
  z.strictObject({
    tenantId: TenantId,
    state: IncidentState.optional(),
    overdue: z.boolean().optional().describe('those alone whose 72 hours have passed and that are still open'),
    after: DeadlinePlace.optional().describe('goes on behind this place'),
    limit: z.number().int().min(1).max(100).default(50),
  }),
  z.object({ incidents: z.array(IncidentRow), next: DeadlinePlace.nullable() }),
  { action: 'incidents.read' },
);

export const incidentQuestions = [OpenIncident, NoteIncident, CloseIncident, ShowIncident, ListIncidents] as const;
