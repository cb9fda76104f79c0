import { createHash, hkdfSync } from 'node:crypto';
import { BackupKind } from '@vox/contracts';
import { Reason } from '@vox/platform/fault';
import { z } from 'zod';

/** What a file begins with, in clear: what it is, and which key opens it. The key of its content depends on it all. */
export const Header = z.object({
  format: z.number().int(),
  kind: BackupKind,
  backupId: z.uuid(),
  takenAt: z.iso.datetime(),
  version: z.string().max(40),
  keyId: z.string().max(40),
  salt: z.base64url(),
});
export type Header = z.infer<typeof Header>;

/** The form of the file that this version writes, and the oldest that it reads. */
export const formatWritten = 1;
const oldestRead = 1;

export const magic = 'VOXBACKUP\n';
export const headerMax = 4_096;
const keyBytes = 32;

const derived = (key: Uint8Array, salt: string, info: Uint8Array): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.from(salt, 'base64url'), info, keyBytes));

/** By which the owner of several keys finds the right one. It says nothing about the key. */
export const keyIdOf = (key: Uint8Array): string =>
  derived(key, '', Buffer.from('vox backup key id')).subarray(0, 8).toString('hex');

export const encodeHeader = (header: Header): Buffer => Buffer.from(`${magic}${JSON.stringify(header)}\n`);

/** The key of the content of one file, bound to every byte of its header (HKDF-SHA256, RFC 5869). */
export const contentKey = (key: Uint8Array, { salt }: Header, headerText: Uint8Array): Buffer =>
  derived(key, salt, createHash('sha256').update('vox backup content').update(headerText).digest());

/** Reads what stands in clear. Throws Reason in words for whoever holds the file. */
export function readHeader(text: string): Header {
  if (!text.startsWith(magic)) throw new Reason('the file is no backup of VOX');
  const given = jsonOf(text.slice(magic.length));
  const { data: form } = z.object({ format: z.number().int() }).safeParse(given);
  if (form !== undefined && form.format > formatWritten)
    throw new Reason(
      `the backup has the format ${form.format}, which is newer than what this version reads (${formatWritten}): use the version of VOX that took it, or a newer one`,
    );
  if (form !== undefined && form.format < oldestRead)
    throw new Reason(
      `the backup has the format ${form.format}, which is older than what this version reads (${oldestRead}): use the version of VOX that took it, and upgrade after the restore`,
    );
  const { data: header } = Header.safeParse(given);
  if (header === undefined) throw new Reason('the beginning of the backup is damaged');
  return header;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const numbersOf = (version: string): number[] => version.split('.').map((part) => Number.parseInt(part, 10) || 0);

/**
 * Whether data of a version of VOX may be put under this one: services migrate what is older when they start, and know
 * nothing of what is newer.
 */
export function mayRestore(of: string, own: string): boolean {
  const [theirs, ours] = [numbersOf(of), numbersOf(own)];
  const place = ours.findIndex((number, index) => theirs[index] !== number);
  return place < 0 || (theirs[place] ?? 0) < (ours[place] ?? 0);
}
