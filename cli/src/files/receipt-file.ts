import { createHash } from 'node:crypto';
import type { ReceiptKey } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import { strFromU8, unzipSync } from 'fflate';
import { z } from 'zod';
import { bytesOf } from './json-file.ts';
import { type Proof, proofOf } from './receipt-proof.ts';

/** One receipt or file that was verified, and its place. */
export type Checked = Proof & Readonly<{ where: string }>;

const compact = /^[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/;
const isZip = (bytes: Uint8Array): boolean => strFromU8(bytes.subarray(0, 2), true) === 'PK';

/** Every text in JSON that is a receipt by its form or its name, with its path. */
function* receiptsIn(value: unknown, where: string): Iterable<Readonly<{ where: string; text: string }>> {
  if (typeof value === 'string') {
    if (compact.test(value) || /(^|\.)receipt$/.test(where)) yield { where: where || 'the text', text: value };
  } else if (typeof value === 'object' && value !== null)
    for (const [name, each] of Object.entries(value)) yield* receiptsIn(each, where === '' ? name : `${where}.${name}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Verifies one receipt, JSON with receipts in it as `vox` prints it, or the archive of an export. Throws Fault
 * INVALID_REQUEST for any other file.
 */
export async function checkFile(file: string, keys: readonly ReceiptKey[]): Promise<readonly Checked[]> {
  const bytes = bytesOf(file);
  if (bytes.length === 0) throw invalidField(file, 'is empty; it must hold a receipt');
  if (isZip(bytes)) return checkArchive(file, bytes, keys);
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (/^\{"kind":"export"/.test(text))
    throw invalidField(file, 'is an export of the audit log; `vox audit verify --file` verifies it');
  const value = parsed(text);
  const found = value === text ? [{ where: 'the text', text }] : [...receiptsIn(value, '')];
  if (found.length === 0) throw invalidField(file, 'holds no receipt');
  return Promise.all(found.map(async ({ where, text }) => ({ where, ...(await proofOf(text, keys)) })));
}

const Manifest = z.object({ files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })) });
const Proved = z.object({ manifestSha256: z.string() });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
/** These two verify the others and each other. */
const proofs = ['manifest.json', 'receipt.jws'];

async function checkArchive(file: string, zip: Uint8Array, keys: readonly ReceiptKey[]): Promise<readonly Checked[]> {
  const files = opened(file, zip);
  const [manifest, receipt] = proofs.map((name) => files[name]);
  if (manifest === undefined || receipt === undefined)
    throw invalidField(file, 'is an archive without manifest.json and receipt.jws: it is no export, or too old');
  const proof = await proofOf(strFromU8(receipt).trim(), keys);
  const says = proof.sound ? Proved.safeParse(proof.says) : undefined;
  const isManifest = says?.data?.manifestSha256 === sha256(manifest);
  const listed = Manifest.safeParse(parsed(strFromU8(manifest))).data?.files ?? [];
  const bad = (where: string, message: string): Checked => ({ where, sound: false, wrong: message });
  const known = new Set([...proofs, ...listed.map(({ name }) => name)]);
  return [
    { where: 'receipt.jws', ...proof },
    ...(proof.sound && !isManifest ? [bad('manifest.json', 'is not the one that was signed')] : []),
    ...listed.flatMap(({ name, sha256: listedHash }) => {
      const bytes = files[name];
      if (bytes === undefined) return [bad(name, 'is missing')];
      return sha256(bytes) === listedHash ? [] : [bad(name, 'was altered')];
    }),
    ...Object.keys(files).flatMap((name) =>
      known.has(name) ? [] : [bad(name, 'was put in, and is no part of the export')],
    ),
  ];
}

function opened(file: string, zip: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(zip);
  } catch {
    throw invalidField(file, 'is an archive that cannot be opened: it was cut off or damaged');
  }
}
