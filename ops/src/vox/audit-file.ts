import { createReadStream, readFileSync } from 'node:fs';
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

/** No line of ours is so long: a file that goes on without an end of line must not fill the memory. */
const lineMax = 4 * 1_048_576;

/** Split by hand: readline costs more than the hashing of what it reads. */
async function* linesOf(file: string): AsyncIterable<AuditLine | undefined> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1_048_576 })) {
      const texts = `${rest}${chunk}`.split('\n');
      rest = texts.pop() ?? '';
      for (const text of texts) yield lineIn(text);
      if (rest.length > lineMax) return yield undefined;
    }
  } catch {
    throw unreadable(file, 'a file of an export');
  }
  if (rest !== '') yield lineIn(rest);
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
