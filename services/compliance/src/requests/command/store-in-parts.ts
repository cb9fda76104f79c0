import { seal, unseal } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { piecesOf } from '@vox/redaction/text';
import type { Dependencies } from '../../dependencies.ts';
import type { Box } from '../../vault/mod.ts';
import type { PrivacyRequest } from '../decide/privacy-request.ts';
import { type ExportPart, exportPartKey } from '../keep/privacy-requests.ts';

type PartNeeds = Pick<Dependencies, 'ring' | 'vault' | 'random' | 'exportParts' | 'clock'>;
type Named = Pick<PrivacyRequest, 'tenantId' | 'requestId'>;

/** What a message of the bus and a document of the store carry with ease, in characters. */
export const partChars = 512 * 1024;

/** Sealed under the key of the person, so that who is erased takes its exports along; under the tenant's where nobody was found. */
async function boxOf(
  { ring, vault, random }: PartNeeds,
  { tenantId }: Named,
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

/** Stores a text in parts, over what is there. */
export async function storeText(
  needs: PartNeeds,
  { tenantId, requestId, subjectIds }: PrivacyRequest,
  of: string,
  text: string,
  sha256 = '',
): Promise<number> {
  const box = await boxOf(needs, { tenantId, requestId }, subjectIds[0]);
  // Each part is sealed as UTF-8, in which half a character cannot stand.
  const pieces = piecesOf(text, partChars);
  for (const [n, piece] of pieces.entries()) {
    const name = nameOf(of, n);
    const part: ExportPart = {
      ...{ tenantId, requestId, of: name, subjectIds: [...subjectIds], parts: pieces.length, sha256 },
      sealed: box.seal(place(requestId, name), piece),
      madeAtMs: needs.clock.now().getTime(),
    };
    await needs.exportParts.update(exportPartKey(tenantId, requestId, name), () => ({
      result: undefined,
      state: part,
    }));
  }
  return pieces.length;
}

export type Part = Readonly<{ text: string; parts: number; sha256: string }>;

/** One part of a text. Throws Fault NOT_FOUND when there is none, or the person was erased meanwhile. */
export async function readPart(needs: PartNeeds, { tenantId, requestId }: Named, of: string, n: number): Promise<Part> {
  const name = nameOf(of, n);
  const part = await needs.exportParts.read(exportPartKey(tenantId, requestId, name));
  if (part === undefined) throw new Fault('NOT_FOUND');
  const box = await boxOf(needs, { tenantId, requestId }, part.subjectIds[0]);
  const text = box.open(place(requestId, name), part.sealed);
  if (text === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a part of an export does not open') });
  return { text, parts: part.parts, sha256: part.sha256 };
}

export async function readText(needs: PartNeeds, named: Named, of: string): Promise<string> {
  const first = await readPart(needs, named, of, 0);
  let text = first.text;
  for (let n = 1; n < first.parts; n += 1) text += (await readPart(needs, named, of, n)).text;
  return text;
}
