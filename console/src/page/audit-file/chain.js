import { digest } from './proof.js';

/** @typedef {Readonly<{sequence: number, cause: string, upto?: number}>} Break */
/** @typedef {Readonly<{sequence: number, hash: string}>} Head */

/** The fields of an entry that its hash covers, in their order. */
const hashed = [
  ...['tenantId', 'sequence', 'previous', 'factId', 'type', 'source', 'subject', 'time', 'actor', 'action'],
  ...['target', 'reason', 'outcome', 'requestId', 'traceId', 'data'],
];

/** The hash that an entry should have. @param {any} entry */
const hashOf = (entry) => digest(JSON.stringify(hashed.map((name) => entry[name])));

/**
 * What is wrong with the entry that stands after `head`: it stood before already, one is missing before it, its content
 * differs from its hash, or it follows another one than the one before it.
 * @param {Head} head @param {any} entry @returns {Promise<Break | undefined>}
 */
export async function breakAt(head, entry) {
  const sequence = head.sequence + 1;
  if (entry.sequence !== sequence) return { sequence, cause: entry.sequence < sequence ? 'repeated' : 'missing' };
  if (entry.hash !== (await hashOf(entry))) return { sequence, cause: 'changed' };
  return entry.previous === head.hash ? undefined : { sequence, cause: 'unlinked' };
}

/** @typedef {Readonly<{from?: string, to?: string, actor?: string, action?: string}>} Filter */
const names = /** @type {const} */ (['from', 'to', 'actor', 'action']);

/** @param {Filter} filter */
export const isFiltered = (filter) => names.some((name) => filter[name] !== undefined);
/** @param {Filter} one @param {Filter} other */
export const isSameFilter = (one, other) => names.every((name) => one[name] === other[name]);

/** Whether a filter lets an entry through. @param {Filter} filter @param {any} entry */
export const passes = ({ from, to, actor, action }, entry) =>
  (from === undefined || Date.parse(entry.time) >= Date.parse(from)) &&
  (to === undefined || Date.parse(entry.time) < Date.parse(to)) &&
  (actor === undefined || entry.actor === actor) &&
  (action === undefined ||
    entry.action === action ||
    (action.endsWith('.*') && entry.action.startsWith(action.slice(0, -1))));
