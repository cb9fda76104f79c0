import type { Verified } from '@vox/compliance/audit';
import type { AuditBreak, AuditEntry } from '@vox/contracts';
import { csvOf } from '@vox/platform/csv';
import type { NotExport, VerifiedFile } from '../files/audit-file.ts';

const columns = [
  ...(['sequence', 'time', 'outcome', 'actor', 'action', 'target', 'reason', 'requestId', 'traceId'] as const),
  ...(['type', 'source', 'subject', 'factId', 'data', 'previous', 'hash'] as const),
];

/** Entries as CSV, for reading. A field that looks like a formula gets an apostrophe. Only the NDJSON is signed. */
export const csvOfEntries = (entries: readonly AuditEntry[], header: boolean): string =>
  csvOf([...(header ? [columns] : []), ...entries.map((entry) => columns.map((column) => entry[column]))]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters must not reach a terminal
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const shown = (text: string): string => text.replace(controls, '�');

/** One entry as one line for a reader. */
export const lineOf = (entry: AuditEntry): string => {
  const { sequence, time, outcome, actor, action, target, reason, requestId } = entry;
  const why = reason === null ? [] : [`“${reason}”`];
  const run = requestId === null ? [] : [`request ${requestId}`];
  const words = shown([actor, action, target, ...why, ...run].join('  '));
  return `${String(sequence).padStart(7)}  ${time}  ${outcome.padEnd(7)}  ${words}`;
};

const causes: Readonly<Record<AuditBreak['cause'], string>> = {
  missing: 'is missing, or was moved',
  repeated: 'is missing: an earlier one is repeated in its place',
  changed: 'was changed',
  unlinked: 'does not follow the one before it',
  rewritten: 'is not the one that was signed: the chain was rewritten somewhere before it',
  truncated: 'is cut off, with everything after it',
  'checkpoint-forged': 'has a checkpoint with a forged signature',
  'anchor-forged': 'begins the chain, and the signature of this beginning is forged',
  'page-forged': 'begins a page with a forged signature',
};
const counted = new Intl.NumberFormat('en');

/** Why a file could not be verified. */
const notVerified: Readonly<Record<NotExport, string>> = {
  empty: 'the file is empty: it holds no export',
  csv: 'this is CSV, which is for reading and not signed. Export NDJSON (`vox audit export --format ndjson`)',
  'no-export': 'this is no export of an audit log: it does not begin like one, and none of its lines is an entry',
  'other-keys':
    'its key is not in the file of --keys. The keys are older or of another installation, or the signature is forged',
  'other-tenant': 'it is an export of another tenant’s log',
};

/** The result of a verification, as a sentence. */
export function sentenceOf(what: string, found: VerifiedFile): string {
  const { checkpoints, broken, line, not } = found;
  if (not !== undefined) return `${what}: NOT VERIFIED: ${notVerified[not]}.`;
  const entries = entriesIn(found);
  const signed =
    found.excerpt === undefined ? `${counted.format(checkpoints)} signed checkpoints` : pagesIn(found.excerpt);
  if (broken === null) return `${what}: sound. ${entries}, ${signed} met.`;
  const upto = broken.upto === undefined ? '' : ` or one after it, up to ${broken.upto},`;
  const place = line === undefined ? '' : ` Line ${line} of the file.`;
  const cause = `${causes[broken.cause]} (${broken.cause})`;
  return `${what}: BROKEN. Entry ${broken.sequence}${upto} ${cause}.${place} Sound before it: ${entries}.`;
}

/** The number of entries. An excerpt has gaps, so the places of its entries do not count them. */
function entriesIn({ first, entries, excerpt }: Verified): string {
  const count = `${counted.format(entries)} entries`;
  if (entries === 0) return count;
  if (excerpt === undefined) return `${count} (${first} to ${first + entries - 1})`;
  const filter = Object.entries(excerpt.filter).map(([name, value]) => `${name} ${value}`);
  return `${count} of an excerpt (${filter.join(', ')}), the first of them entry ${first}, the last ${excerpt.last}`;
}

const pagesIn = ({ pages }: NonNullable<Verified['excerpt']>): string => `${counted.format(pages)} signed pages`;
