import { bytesOf } from '../receipt.js';
import { inForm } from './in-form.js';
import { linesOf } from './lines.js';
import { receiptReader } from './proof.js';
import { Walk } from './walk.js';

/** @typedef {import('../audit-forms.js').AuditForms} AuditForms */
/** @typedef {import('./proof.js').PublicKey} PublicKey */
/** @typedef {'empty' | 'csv' | 'no-export' | 'other-keys' | 'other-tenant'} NotExport */
/** @typedef {import('./walk.js').Verified & Readonly<{not?: NotExport, tenantId?: string}>} VerifiedFile */

/** Reads a line that is exactly one of an export: no hash covers a field that stands twice or is unknown. */
const lineReader = (/** @type {AuditForms} */ forms) => (/** @type {string} */ text) => {
  try {
    const line = inForm(forms.line, JSON.parse(text));
    return line !== undefined && JSON.stringify(line) === text ? line : undefined;
  } catch {
    return undefined;
  }
};

/** The id of the key that a receipt names as its own. @param {string} line @returns {string | undefined} */
function kidIn(line) {
  const [, head] = /"receipt":"([A-Za-z0-9_-]+)\./.exec(line) ?? [];
  try {
    const { kid } = head === undefined ? {} : JSON.parse(new TextDecoder().decode(bytesOf(head)));
    return typeof kid === 'string' ? kid : undefined;
  } catch {
    return undefined;
  }
}

/** What is noticed of a file while it is read. `head` and `end` are its first and last line. */
class Noticed {
  hasText = false;
  lines = 0;
  head = '';
  end = '';
  isOurs = false;
  /** @type {string | undefined} */
  kid;

  /** @param {(text: string) => unknown} readLine */
  constructor(readLine) {
    this.readLine = readLine;
  }

  /** @param {readonly string[]} lines */
  take(lines) {
    for (const text of lines) {
      if (text.trim() !== '') this.hasText = true;
      if (this.head === '' && text.trim() !== '') this.head = text;
      this.isOurs ||= this.readLine(text) !== undefined;
      this.kid ??= kidIn(text);
    }
    this.lines += lines.length;
    this.end = lines.at(-1) ?? '';
  }
}

const beginning = '{"kind":"export",';
/** The first columns of our CSV, as `vox` or a spreadsheet writes them. */
const csvHead = /^\ufeff?"?sequence"?[,;\t]"?time"?[,;\t]/;

/**
 * Why a file can be neither verified nor refuted as an export.
 * @param {Noticed} noticed @param {readonly PublicKey[]} keys @param {VerifiedFile} verified
 * @returns {NotExport | undefined}
 */
function notExport({ hasText, head, isOurs, kid }, keys, { broken }) {
  if (!hasText) return 'empty';
  if (csvHead.test(head)) return 'csv';
  if (!isOurs && !beginning.startsWith(head) && !head.startsWith(beginning)) return 'no-export';
  const isKnown = kid === undefined || keys.some((key) => key.kid === kid);
  return broken?.cause.endsWith('-forged') && !isKnown ? 'other-keys' : undefined;
}

/** An export without its first line. @type {VerifiedFile} */
const nothing = { first: 1, entries: 0, checkpoints: 0, broken: { sequence: 1, cause: 'truncated' } };

/**
 * Up to the first break, or to the end.
 * @param {Blob} file @param {Noticed} noticed @param {import('./proof.js').ReadReceipt} read
 * @param {(bytes: number) => void} tell @returns {Promise<VerifiedFile>}
 */
async function walked(file, noticed, read, tell) {
  /** @type {Walk | undefined} */
  let walk;
  let at = 0;
  for await (const { lines, bytes } of linesOf(file)) {
    noticed.take(lines);
    for (const text of lines) {
      at += 1;
      const line = /** @type {any} */ (noticed.readLine(text));
      if (walk === undefined) {
        if (line?.kind !== 'export') return nothing;
        walk = new Walk(line, read);
        continue;
      }
      const broken = await walk.take(line);
      if (broken !== undefined) return { ...walk.so(broken), line: at };
    }
    tell(bytes);
  }
  return walk === undefined ? nothing : walk.so(walk.end() ?? null);
}

/**
 * A last line that breaks off was not changed: the rest is missing.
 * @param {VerifiedFile} verified
 * @param {Noticed} of
 */
function withTruncation(verified, { end, lines }) {
  const { broken, line } = verified;
  if (broken?.cause !== 'changed' || line !== lines || !end.startsWith('{"') || end.endsWith('}')) return verified;
  return { ...verified, broken: { ...broken, cause: 'truncated' } };
}

/**
 * Verifies an export of an audit log (the NDJSON of `vox audit export`) with nothing but the file and the public keys,
 * and says what the file is if it is none. With a `tenantId` it must be that tenant’s log. `tell` hears how many bytes
 * are done.
 * @param {Blob} file @param {{keys: readonly PublicKey[], forms: AuditForms, tenantId?: string | undefined,
 *   tell?: (bytes: number) => void}} given @returns {Promise<VerifiedFile>}
 */
export async function verifyFile(file, { keys, forms, tenantId, tell = () => undefined }) {
  const readLine = lineReader(forms);
  const noticed = new Noticed(readLine);
  const verified = await walked(file, noticed, receiptReader(keys, forms), tell);
  const asked = /** @type {any} */ (readLine(noticed.head));
  const of = asked?.kind === 'export' ? { tenantId: String(asked.tenantId) } : {};
  if (verified.broken === null && tenantId !== undefined && of.tenantId !== tenantId)
    return { ...verified, ...of, not: 'other-tenant' };
  const result = withTruncation(verified, noticed);
  // The verification stops at the first wrong line. Only the lines after it show whether this is an export at all.
  if (!noticed.isOurs && verified.broken !== null)
    for await (const { lines } of linesOf(file)) {
      noticed.take(lines);
      if (noticed.isOurs) break;
    }
  const not = notExport(noticed, keys, verified);
  return { ...result, ...of, ...(not !== undefined && { not }) };
}
