import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync } from 'node:fs';
import { exportReaders, type Verified, verifyExport } from '@vox/compliance/audit';
import { ListReceiptKeys } from '@vox/shared/contracts';
import { digest } from '@vox/shared/crypto';
import { Fault } from '@vox/shared/fault';

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
