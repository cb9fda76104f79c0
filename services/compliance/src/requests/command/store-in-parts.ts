import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { piecesOf } from '@vox/redaction/text';
import type { Box, KeyRing, Vault } from '../../vault/mod.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { type ExportPart, type ExportParts, exportPartKey } from '../keep/privacy-requests.ts';

export type ReadParts = Readonly<{
  ring: Pick<KeyRing, 'keysOf'>;
  vault: Pick<Vault, 'box'>;
  random: (size: number) => Uint8Array;
  exportParts: Pick<ExportParts, 'read'>;
}>;
export type StoreParts = ReadParts & Readonly<{ exportParts: Pick<ExportParts, 'update'>; clock: Clock }>;
type OfRequest = Pick<PrivacyRequest, 'tenantId' | 'requestId'>;

/** What a message of the bus and a document of the store carry with ease, in characters. */
export const partChars = 512 * 1024;

/**
 * Sealed under the key of the person, so that an erasure takes the person's exports along; under the tenant's where
 * nobody was found.
 */
async function boxOf(
  { ring, vault, random }: ReadParts,
  { tenantId }: OfRequest,
  subjectId: string | undefined,
): Promise<Box> {
  if (subjectId !== undefined) {
    const box = await vault.box({ tenantId, subjectId });
    if (box === undefined) throw new Fault('NOT_FOUND');
    return box;
  }
  const { data } = await ring.keysOf(tenantId);
  return {
    seal: (place, text) => seal(data, `export:${tenantId}:${place}`, text, random),
    open: (place, sealed) => unseal(data, `export:${tenantId}:${place}`, sealed),
  };
}

const nameOf = (of: string, n: number): string => `${of}-${n}`;
const place = (requestId: string, name: string): string => `export:${requestId}:${name}`;

/** Stores a text in parts, over what is there. Answers how many they are. */
export async function storeInParts(
  dependencies: StoreParts,
  { tenantId, requestId, subjectIds }: Pick<PrivacyRequest, 'tenantId' | 'requestId' | 'subjectIds'>,
  of: string,
  text: string,
  sha256 = '',
): Promise<number> {
  const { exportParts, clock } = dependencies;
  const box = await boxOf(dependencies, { tenantId, requestId }, subjectIds[0]);
  // Each part is sealed as UTF-8, in which half a character cannot stand.
  const pieces = piecesOf(text, partChars);
  for (const [n, piece] of pieces.entries()) {
    const name = nameOf(of, n);
    const part: ExportPart = {
      ...{ tenantId, requestId, of: name, subjectIds: [...subjectIds], parts: pieces.length, sha256 },
      sealed: box.seal(place(requestId, name), piece),
      madeAtMs: clock.now().getTime(),
    };
    await exportParts.update(exportPartKey(tenantId, requestId, name), () => ({ result: undefined, state: part }));
  }
  return pieces.length;
}

export type OpenedPart = Readonly<{ text: string; parts: number; sha256: string }>;

/** One part of a text. Throws Fault NOT_FOUND when there is none, or the person was erased meanwhile. */
export async function readPart(
  dependencies: ReadParts,
  { tenantId, requestId }: OfRequest,
  of: string,
  n: number,
): Promise<OpenedPart> {
  const name = nameOf(of, n);
  const part = await dependencies.exportParts.read(exportPartKey(tenantId, requestId, name));
  if (part === undefined) throw new Fault('NOT_FOUND');
  const box = await boxOf(dependencies, { tenantId, requestId }, part.subjectIds[0]);
  const text = box.open(place(requestId, name), part.sealed);
  if (text === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a part of an export does not open') });
  return { text, parts: part.parts, sha256: part.sha256 };
}

/** All parts of a text, joined. Throws as `readPart` does. */
export async function readParts(dependencies: ReadParts, request: OfRequest, of: string): Promise<string> {
  const first = await readPart(dependencies, request, of, 0);
  let text = first.text;
  for (let n = 1; n < first.parts; n += 1) text += (await readPart(dependencies, request, of, n)).text;
  return text;
}
