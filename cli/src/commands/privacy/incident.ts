import {
  CloseIncident,
  CsvSeparator,
  IncidentOutcome,
  IncidentRisk,
  IncidentRow,
  IncidentState,
  ListIncidents,
  NoteIncident,
  OpenIncident,
  ShowIncident,
} from '@vox/contracts';
import { csvOf } from '@vox/platform/csv';
import { type Command, Option } from 'commander';
import { everyPage } from '../../dialogues/every-page.ts';
import { openOutFile } from '../../files/out-file.ts';
import { moment, wholeNumber } from '../../options/arguments.ts';
import { actingBy, type ReasonOption, withReason } from '../../options/reason.ts';
import type { Operator } from '../../reach/operator.ts';

type ListOptions = Readonly<{ state?: IncidentState; overdue?: true }>;

/** `vox incident …`: what may be a breach of personal data, and by when an authority must be told. */
export function incidentCommands(vox: Command, operator: Operator): void {
  const incident = vox
    .command('incident')
    .description('Keeps what may be a breach of personal data, with the 72 hours of GDPR, Art. 33.');
  readCommands(incident, operator);
  writeCommands(incident, operator);
}

const every = ({ ask }: Pick<Operator, 'ask'>, tenantId: string, options: ListOptions) =>
  everyPage(async (after: string | undefined) => {
    const { incidents: rows, next } = await ask(ListIncidents, { tenantId, ...options, after });
    return { rows, next };
  });

function readCommands(incident: Command, operator: Operator): void {
  const { ask, say } = operator;
  incident
    .command('list <tenant>')
    .description('Lists the register of incidents, the one that is due first at the top.')
    .addOption(new Option('--state <state>', 'those in this state alone').choices(IncidentState.options))
    .option('--overdue', 'those alone whose 72 hours have passed and that are still open')
    .action(async (tenantId: string, options: ListOptions) => say(await every(operator, tenantId, options)));
  incident
    .command('show <tenant> <incident>')
    .description('Shows an incident with its timeline.')
    .action(async (tenantId: string, incidentId: string) => say(await ask(ShowIncident, { tenantId, incidentId })));
  incident
    .command('export <tenant>')
    .description('Writes the register as CSV, for an authority that asks for it (GDPR, Art. 33(5)).')
    .requiredOption('--out <file>', 'a new file')
    .addOption(
      new Option('--separator <sign>', 'between cells; Excel wants ; where the comma is the decimal sign')
        .choices(CsvSeparator.options)
        .default(','),
    )
    .action(async (tenantId: string, { out, separator }: { out: string; separator: CsvSeparator }) => {
      const file = await openOutFile(out);
      try {
        const names = Object.keys(IncidentRow.shape) as (keyof IncidentRow)[];
        const rows = (await every(operator, tenantId, {})).map((row) => names.map((name) => row[name]));
        await file.write(Buffer.from(csvOf([names, ...rows], { bom: true, separator })));
        await file.keep();
        say({ incidents: rows.length, out });
      } finally {
        await file.drop();
      }
    });
}

type OpenOptions = ReasonOption & Readonly<{ title: string; note?: string; aware?: string; risk: IncidentRisk }>;
type NoteOptions = ReasonOption &
  Readonly<{
    note?: string;
    risk?: IncidentRisk;
    persons?: number;
    authorityTold?: string;
    personsTold?: string;
  }>;
type CloseOptions = Readonly<{ outcome: IncidentOutcome; authorityTold?: string; reason: string }>;

const risk = () =>
  new Option('--risk <risk>', 'for persons: it decides who must be told').choices(IncidentRisk.options);

function writeCommands(incident: Command, operator: Operator): void {
  const { ask, say } = operator;
  withReason(incident.command('open <tenant>'))
    .description('Opens an incident: its 72 hours begin.')
    .requiredOption('--title <title>', 'what happened, in a line; without personal data')
    .option('--note <text>', 'what is known; without personal data')
    .option('--aware <time>', 'when you became aware of it, if that was earlier', moment)
    .addOption(risk().default('unknown'))
    .action(async (tenantId: string, { title, note, aware: awareAt, risk, ...why }: OpenOptions) =>
      say(await ask(OpenIncident, { tenantId, title, note, awareAt, risk, ...actingBy(operator, why) })),
    );
  withReason(incident.command('note <tenant> <incident>'))
    .description('Adds to its timeline: a note, its risk, how many persons, or that somebody was told.')
    .option('--note <text>', 'the nature, the consequences, the measures; without personal data')
    .addOption(risk())
    .option('--persons <count>', 'how many it concerns, approximately', wholeNumber)
    .option('--authority-told <time>', 'when the authority was told', moment)
    .option('--persons-told <time>', 'when the persons were told', moment)
    .action(async (tenantId: string, incidentId: string, given: NoteOptions) => {
      const { note, risk, persons, authorityTold: authorityToldAt, personsTold: personsToldAt, ...why } = given;
      const added = { note, risk, persons, authorityToldAt, personsToldAt };
      say(await ask(NoteIncident, { tenantId, incidentId, ...added, ...actingBy(operator, why) }));
    });
  incident
    .command('close <tenant> <incident>')
    .description('Closes an incident. It stays in the register.')
    .addOption(new Option('--outcome <outcome>', 'how it ended').choices(IncidentOutcome.options).makeOptionMandatory())
    .requiredOption('--reason <reason>', 'why; the audit log and the timeline keep it; without personal data')
    .option('--authority-told <time>', 'when the authority was told', moment)
    .action(async (tenantId: string, incidentId: string, given: CloseOptions) => {
      const { outcome, authorityTold: authorityToldAt, ...why } = given;
      const { actor, requestId } = operator;
      say(await ask(CloseIncident, { tenantId, incidentId, outcome, authorityToldAt, ...why, actor, requestId }));
    });
}
