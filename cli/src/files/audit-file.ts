import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync } from 'node:fs';
import { exportReaders, type Verified, verifyExport } from '@vox/compliance/audit';
import { ListReceiptKeys, readAuditLine } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { type Fault, invalidField } from '@vox/platform/fault';
import { z } from 'zod';

const unreadable = (file: string, expected: string): Fault =>
  invalidField(file, `must be ${expected} that can be read`);

/** No line of an export is so long. A file without an end of line must not fill the memory. */
const lineMax = 4 * 1_048_576;
const endOfLine = 10;

/** Stands for a line that is not UTF-8: decoded, different bytes would look alike. It is no line of an export. */
const notText = '\ufffd';

/** The lines in some bytes. */
function split(bytes: Buffer): string[] {
  if (isUtf8(bytes)) return bytes.toString('utf8').split('\n');
  const found: string[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(endOfLine, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    found.push(isUtf8(line) ? line.toString('utf8') : notText);
    from += line.length + 1;
  }
  return found;
}

/** Splits by hand, as many lines as one read brings: readline costs more time than the hashing. */
async function* linesOf(file: string): AsyncIterable<readonly string[]> {
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 65_536 }) as AsyncIterable<Buffer>) {
      const end = chunk.lastIndexOf(endOfLine);
      if (end !== -1) yield split(Buffer.concat([rest, chunk.subarray(0, end)]));
      rest = end === -1 ? Buffer.concat([rest, chunk]) : chunk.subarray(end + 1);
      if (rest.length > lineMax) return yield [''];
    }
  } catch {
    throw unreadable(file, 'a file of an export');
  }
  if (rest.length > 0) yield split(rest);
}

/** Why a file can be neither verified nor refuted as an export. */
export type NotExport = 'empty' | 'csv' | 'no-export' | 'other-keys' | 'other-tenant';
export type VerifiedFile = Verified & Readonly<{ not?: NotExport }>;

/** What was noticed of a file while it was read. `head` and `end` are its first and last line. */
type Noticed = { bytes: boolean; lines: number; head: string; ours: boolean; kid: string | undefined; end: string };

async function* noticing(batches: AsyncIterable<readonly string[]>, file: Noticed): AsyncIterable<readonly string[]> {
  for await (const batch of batches) {
    for (const text of batch) {
      if (text.trim() !== '') file.bytes = true;
      if (file.head === '' && text.trim() !== '') file.head = text;
      if (!file.ours && readAuditLine(text) !== undefined) file.ours = true;
      file.kid ??= kidIn(text);
    }
    file.lines += batch.length;
    file.end = batch.at(-1) ?? '';
    yield batch;
  }
}

/** The id of the key that a receipt names as its own. */
function kidIn(line: string): string | undefined {
  const head = /"receipt":"([A-Za-z0-9_-]+)\./.exec(line)?.[1];
  if (head === undefined) return undefined;
  try {
    return z.object({ kid: z.string() }).safeParse(JSON.parse(Buffer.from(head, 'base64url').toString())).data?.kid;
  } catch {
    return undefined;
  }
}

/** The first columns of our CSV, as `vox` or a spreadsheet writes them. */
const csvHead = /^\ufeff?"?sequence"?[,;\t]"?time"?[,;\t]/;
/** Whether a line is the beginning of an export, whole or cut off. */
const isHead = (text: string): boolean => '{"kind":"export",'.startsWith(text) || text.startsWith('{"kind":"export",');

function notExport(
  { bytes, head, ours, kid }: Noticed,
  keys: ReadonlySet<string>,
  { broken }: Verified,
): NotExport | undefined {
  if (!bytes) return 'empty';
  if (csvHead.test(head)) return 'csv';
  if (!ours && !isHead(head)) return 'no-export';
  return broken?.cause.endsWith('-forged') && kid !== undefined && !keys.has(kid) ? 'other-keys' : undefined;
}

/**
 * Verifies an export with nothing but the file and the public keys that `vox audit keys` printed. A given `tenantId`
 * names the tenant whose log it must be.
 */
export async function verifyFile(file: string, keysFile: string, tenantId?: string): Promise<VerifiedFile> {
  let keys: ReturnType<typeof ListReceiptKeys.reply.parse>['keys'];
  try {
    keys = ListReceiptKeys.reply.parse(JSON.parse(readFileSync(keysFile, 'utf8'))).keys;
  } catch {
    throw unreadable(keysFile, 'the output of `vox audit keys`');
  }
  const noticed: Noticed = { bytes: false, lines: 0, head: '', ours: false, kid: undefined, end: '' };
  const verified = await verifyExport(noticing(linesOf(file), noticed), digest, exportReaders(keys));
  if (verified.broken === null && tenantId !== undefined && tenantOf(noticed.head) !== tenantId)
    return { ...verified, not: 'other-tenant' };
  const result = withTruncation(verified, noticed);
  // The verification stops at the first wrong line. Only the lines after it show whether this is an export at all.
  if (!noticed.ours && verified.broken !== null)
    for await (const _ of noticing(linesOf(file), noticed)) if (noticed.ours) break;
  const not = notExport(noticed, new Set(keys.map(({ kid }) => kid)), verified);
  return { ...result, ...(not !== undefined && { not }) };
}

const tenantOf = (head: string): string | undefined => {
  const line = readAuditLine(head);
  return line?.kind === 'export' ? line.tenantId : undefined;
};

/** A last line that breaks off was not changed: the rest of the file is missing. */
function withTruncation(verified: Verified, { end, lines }: Noticed): Verified {
  const { broken, line } = verified;
  if (broken?.cause !== 'changed' || line !== lines || !end.startsWith('{"') || end.endsWith('}')) return verified;
  return { ...verified, broken: { ...broken, cause: 'truncated' } };
}
