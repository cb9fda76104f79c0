import type { Header } from './format/header.ts';
import { type Manifest, readParts } from './format/records.ts';
import { sealedFile } from './format/sealed.ts';

export type Verified = Readonly<{ header: Header; manifest: Manifest }>;

/**
 * Reads a backup from its first byte to its last: nothing is missing, nothing was changed, moved or added, and it holds
 * as much as its manifest says. Throws Reason with what is wrong.
 */
export async function verifyBackup(file: AsyncIterable<Uint8Array>, key: Uint8Array): Promise<Verified> {
  const { header, content } = await sealedFile(file, key);
  return { header, manifest: await readParts(content, async () => undefined) };
}
