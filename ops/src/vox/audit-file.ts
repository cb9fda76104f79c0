import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { exportReaders, type Verified, verifyExport } from '@vox/compliance/audit';
import { AuditLine, ListReceiptKeys } from '@vox/shared/contracts';
import { digest } from '@vox/shared/crypto';
import { Fault } from '@vox/shared/fault';

const unreadable = (file: string, what: string): Fault =>
  new Fault('INVALID_REQUEST', { issues: [{ path: file, message: `must be ${what} that can be read` }] });

/** A line that is none of an export is `undefined`: whoever flips a bit may well hit a quotation mark. */
function lineIn(text: string): AuditLine | undefined {
  try {
    return AuditLine.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string): AsyncIterable<AuditLine | undefined> {
  const input = createReadStream(file, { highWaterMark: 1_048_576 });
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) yield lineIn(text);
  } catch {
    throw unreadable(file, 'a file of an export');
  } finally {
    input.destroy();
  }
}

/** Verifies an export by nothing but the file and the public keys: what `vox audit keys` printed, and was kept elsewhere. */
export async function verifyFile(file: string, keysFile: string): Promise<Verified> {
  let keys: ReturnType<typeof ListReceiptKeys.reply.parse>['keys'];
  try {
    keys = ListReceiptKeys.reply.parse(JSON.parse(readFileSync(keysFile, 'utf8'))).keys;
  } catch {
    throw unreadable(keysFile, 'what `vox audit keys` printed');
  }
  return verifyExport(linesOf(file), digest, exportReaders(keys));
}
