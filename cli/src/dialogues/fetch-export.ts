import { createHash } from 'node:crypto';
import { type Acting, ReadExport } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { OutFile } from '../files/out-file.ts';
import type { Operator } from '../reach/operator.ts';

type WantedExport = Readonly<{ tenantId: string; privacyRequestId: string; by: Acting & { reason: string } }>;

/** The service reads and decrypts up to half a MiB for one part. */
const partMs = 10_000;

/** Writes the archive of an export, checks that it is the one that compliance made, and answers its SHA-256. */
export async function fetchExport(
  { ask }: Pick<Operator, 'ask'>,
  { tenantId, privacyRequestId, by }: WantedExport,
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
    throw new Fault('UNAVAILABLE', { message: 'the archive arrived damaged; fetch it again' });
  await file.keep();
  return wanted;
}
