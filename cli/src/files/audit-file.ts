import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync } from 'node:fs';
import { exportReaders, type Verified, verifyExport } from '@vox/compliance/audit';
import { ListReceiptKeys, readAuditLine } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { z } from 'zod';

const unreadable = (file: string, what: string): Fault =>
  new Fault('INVALID_REQUEST', { issues: [{ path: file, message: `must be ${what} that can be read` }] });

/** No line of ours is so long: a file that goes on without an end of line must not fill the memory. */
const lineMax = 4 * 1_048_576;
const endOfLine = 10;

/** The lines of whole bytes. What is no UTF-8 is no line: decoded, other bytes would look the same. */
function split(bytes: Buffer): string[] {
  if (isUtf8(bytes)) return bytes.toString('utf8').split('\n');
  const found: string[] = [];
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(endOfLine, from);
    const line = bytes.subarray(from, end === -1 ? bytes.length : end);
    found.push(isUtf8(line) ? line.toString('utf8') : '');
    from += line.length + 1;
  }
  return found;
}

/** Split by hand, as many at once as one read brings: readline costs more than the hashing of what it reads. */
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

/** What a file is that is no export which these keys could prove or refute. */
export type NotExport = 'empty' | 'csv' | 'no-export' | 'other-keys' | 'other-tenant';
export type VerifiedFile = Verified & Readonly<{ not?: NotExport }>;

/** What a file shows of itself while it is read through. */
type Seen = { bytes: boolean; lines: number; head: string; ours: boolean; kid: string | undefined; end: string };

async function* seen(batches: AsyncIterable<readonly string[]>, what: Seen): AsyncIterable<readonly string[]> {
  for await (const batch of batches) {
    for (const text of batch) {
      if (text.trim() !== '') what.bytes = true;
      if (what.head === '' && text.trim() !== '') what.head = text;
      if (!what.ours && readAuditLine(text) !== undefined) what.ours = true;
      what.kid ??= kidIn(text);
    }
    what.lines += batch.length;
    what.end = batch.at(-1) ?? '';
    yield batch;
  }
}

/** The key that the first receipt of a file says it was signed with. */
function kidIn(line: string): string | undefined {
  const head = /"receipt":"([A-Za-z0-9_-]+)\./.exec(line)?.[1];
  if (head === undefined) return undefined;
  try {
    return z.object({ kid: z.string() }).safeParse(JSON.parse(Buffer.from(head, 'base64url').toString())).data?.kid;
  } catch {
    return undefined;
  }
}

/** The first columns of our CSV, as it is written, and as a spreadsheet may write it anew. */
const csvHead = /^\ufeff?"?sequence"?[,;\t]"?time"?[,;\t]/;
/** The beginning of an export, whole or cut off within it. */
const isHead = (text: string): boolean => '{"kind":"export",'.startsWith(text) || text.startsWith('{"kind":"export",');

function notExport(
  { bytes, head, ours, kid }: Seen,
  keys: ReadonlySet<string>,
  { broken }: Verified,
): NotExport | undefined {
  if (!bytes) return 'empty';
  if (csvHead.test(head)) return 'csv';
  if (!ours && !isHead(head)) return 'no-export';
  return broken?.cause.endsWith('-forged') && kid !== undefined && !keys.has(kid) ? 'other-keys' : undefined;
}

/**
 * Verifies an export by nothing but the file and the public keys: what `vox audit keys` printed, and was kept elsewhere. `tenantId`, where it is given, is
 * whose log it must be.
 */
export async function verifyFile(file: string, keysFile: string, tenantId?: string): Promise<VerifiedFile> {
  let keys: ReturnType<typeof ListReceiptKeys.reply.parse>['keys'];
  try {
    keys = ListReceiptKeys.reply.parse(JSON.parse(readFileSync(keysFile, 'utf8'))).keys;
  } catch {
    throw unreadable(keysFile, 'what `vox audit keys` printed');
  }
  const what: Seen = { bytes: false, lines: 0, head: '', ours: false, kid: undefined, end: '' };
  const lines = seen(linesOf(file), what);
  const found = await verifyExport(lines, digest, exportReaders(keys));
  if (found.broken === null && tenantId !== undefined && tenantOf(what.head) !== tenantId)
    return { ...found, not: 'other-tenant' };
  // What was wrong at its first line says nothing of what the file is: the lines behind it do.
  const told = cutOff(found, what);
  if (!what.ours && found.broken !== null) for await (const _ of seen(linesOf(file), what)) if (what.ours) break;
  const not = notExport(what, new Set(keys.map(({ kid }) => kid)), found);
  return { ...told, ...(not !== undefined && { not }) };
}

const tenantOf = (head: string): string | undefined => {
  const line = readAuditLine(head);
  return line?.kind === 'export' ? line.tenantId : undefined;
};

/** A last line that breaks off in its middle was not changed: the rest of the file is missing. */
function cutOff(found: Verified, { end, lines }: Seen): Verified {
  const { broken, line } = found;
  if (broken?.cause !== 'changed' || line !== lines || !end.startsWith('{"') || end.endsWith('}')) return found;
  return { ...found, broken: { ...broken, cause: 'truncated' } };
}
