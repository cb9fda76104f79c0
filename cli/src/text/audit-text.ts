import type { Verified } from '@vox/compliance/audit';
import type { AuditBreak, AuditEntry } from '@vox/contracts';
import { csvOf } from '@vox/platform/csv';
import type { NotExport, VerifiedFile } from '../files/audit-file.ts';

const columns = [
  ...(['sequence', 'time', 'outcome', 'actor', 'action', 'target', 'reason', 'requestId', 'traceId'] as const),
  ...(['type', 'source', 'subject', 'factId', 'data', 'previous', 'hash'] as const),
];

/** Entries as CSV. What a spreadsheet would take for a formula begins with an apostrophe, so this is for reading; what proves something is the NDJSON. */
export const csvOfEntries = (entries: readonly AuditEntry[], header: boolean): string =>
  csvOf([...(header ? [columns] : []), ...entries.map((entry) => columns.map((column) => entry[column]))]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a terminal
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const shown = (text: string): string => text.replace(controls, '�');

/** One entry as one line for a person. */
export const lineOf = (entry: AuditEntry): string => {
  const { sequence, time, outcome, actor, action, target, reason, requestId } = entry;
  const why = [reason === null ? '' : `“${reason}”`, requestId === null ? '' : `request ${requestId}`].filter(Boolean);
  return `${String(sequence).padStart(7)}  ${time}  ${outcome.padEnd(7)}  ${shown([actor, action, target, ...why].join('  '))}`;
};

const causes: Readonly<Record<AuditBreak['cause'], string>> = {
  missing: 'is missing, or was moved',
  repeated: 'is not there: an earlier one stands in its place again',
  changed: 'was changed',
  unlinked: 'does not follow the one before it',
  rewritten: 'is not what was signed of it: the chain was written anew somewhere before',
  truncated: 'is cut off, with all that followed it',
  'checkpoint-forged': 'has a checkpoint that nobody of ours signed',
  'anchor-forged': 'is where the chain is said to begin, and nobody of ours signed that',
  'page-forged': 'begins a page that nobody of ours signed',
};
const counted = new Intl.NumberFormat('en');

/** What a file is that is no export which could be verified. */
const notVerified: Readonly<Record<NotExport, string>> = {
  empty: 'the file is empty: no export was written to it',
  csv: 'this is CSV, which is for reading: nothing in it is signed. What proves something is the NDJSON (`vox audit export --format ndjson`)',
  'no-export':
    'this is no export of an audit log: its first line does not say what was asked for, and none of its lines is one of ours',
  'other-keys':
    'it is signed with a key that is not in the file of --keys. Either those are keys of another installation, or older ones, or nobody of ours signed it',
  'other-tenant': 'it is an export of another tenant’s log',
};

/** What verify found, as a sentence for a person. */
export function sentenceOf(what: string, found: VerifiedFile): string {
  const { checkpoints, broken, line, not } = found;
  if (not !== undefined) return `${what}: NOT VERIFIED: ${notVerified[not]}.`;
  const entries = entriesIn(found);
  const signed =
    found.excerpt === undefined ? `${counted.format(checkpoints)} signed checkpoints` : pagesIn(found.excerpt);
  if (broken === null) return `${what}: sound. ${entries}, ${signed} met.`;
  const upto = broken.upto === undefined ? '' : ` or one after it, up to ${broken.upto},`;
  const place = line === undefined ? '' : ` Line ${line} of the file.`;
  return `${what}: BROKEN. Entry ${broken.sequence}${upto} ${causes[broken.cause]} (${broken.cause}).${place} Sound before it: ${entries}.`;
}

/** Entries of an excerpt have gaps between them: what their filter let through is not counted by their places. */
function entriesIn({ first, entries, excerpt }: Verified): string {
  const count = `${counted.format(entries)} entries`;
  if (entries === 0) return count;
  if (excerpt === undefined) return `${count} (${first} to ${first + entries - 1})`;
  const filter = Object.entries(excerpt.filter).map(([name, value]) => `${name} ${value}`);
  return `${count} of an excerpt (${filter.join(', ')}), the first of them entry ${first}, the last ${excerpt.last}`;
}

const pagesIn = ({ pages }: NonNullable<Verified['excerpt']>): string => `${counted.format(pages)} signed pages`;
