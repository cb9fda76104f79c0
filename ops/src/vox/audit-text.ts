import type { Verified } from '@vox/compliance/audit';
import type { AuditBreak, AuditEntry } from '@vox/shared/contracts';
import { stringify } from 'csv-stringify/sync';

const columns = [
  ...['sequence', 'time', 'outcome', 'actor', 'action', 'target', 'reason', 'requestId', 'traceId'],
  ...['type', 'source', 'subject', 'factId', 'data', 'previous', 'hash'],
];

/**
 * Entries as CSV (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe, so this is for reading; what proves
 * something is the NDJSON.
 */
export const csvOf = (entries: readonly AuditEntry[], header: boolean): string =>
  stringify([...entries], { header, columns, escape_formulas: true, record_delimiter: 'windows' });

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

/** What verify found, as a sentence for a person. */
export function sentenceOf(what: string, { first, entries, checkpoints, broken }: Verified): string {
  const places = entries === 0 ? '' : ` (${first} to ${first + entries - 1})`;
  const found = `${counted.format(entries)} entries${places}`;
  if (broken === null) return `${what}: sound. ${found}, ${counted.format(checkpoints)} signed checkpoints met.`;
  const upto = broken.upto === undefined ? '' : ` or one after it, up to ${broken.upto},`;
  return `${what}: BROKEN. Entry ${broken.sequence}${upto} ${causes[broken.cause]} (${broken.cause}). Sound before it: ${found}.`;
}
