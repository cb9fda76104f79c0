import { createHash } from 'node:crypto';
import { type Acting, ReadExport } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { OutFile } from '../files/out-file.ts';
import type { Operator } from '../reach/operator.ts';

type Wanted = Readonly<{ tenantId: string; privacyRequestId: string; by: Acting & { reason: string } }>;

/** A part is up to half a MiB that must be read and opened first. */
const partMs = 10_000;

/** Writes the archive of an export, checks that it is what compliance made, and answers its SHA-256. */
export async function fetchExport(
  { ask }: Pick<Operator, 'ask'>,
  { tenantId, privacyRequestId, by }: Wanted,
  file: OutFile,
): Promise<string> {
  const hash = createHash('sha256');
  let wanted = '';
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const read = await ask(ReadExport, { tenantId, privacyRequestId, part, ...by }, { timeoutMs: partMs });
    ({ parts, sha256: wanted } = read);
    const bytes = Buffer.from(read.bytes, 'base64');
    hash.update(bytes);
    await file.write(bytes);
  }
  if (hash.digest('hex') !== wanted)
    throw new Fault('UNAVAILABLE', { message: 'what came is not the archive that was made; fetch it again' });
  await file.keep();
  return wanted;
}
