import type { Transform } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

type Body = Readonly<{ body: Buffer; isCut: boolean }>;
type Decoder = (isCut: boolean) => Transform;

/** A body that was cut ends in the middle of its coding; what can be had of it is had. */
const zlib = (isCut: boolean) => (isCut ? { finishFlush: constants.Z_SYNC_FLUSH } : {});
const brotli = (isCut: boolean) => (isCut ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {});
const gunzip: Decoder = (isCut) => createGunzip(zlib(isCut));
const decoders = new Map<string, Decoder>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['deflate', (isCut) => createInflate(zlib(isCut))],
  ['br', (isCut) => createBrotliDecompress(brotli(isCut))],
]);

/**
 * A body without its content coding (RFC 9110 §8.4), and at most `maxBytes` of it: a small body may hold gigabytes, and
 * no more of them than that is made. `undefined` where it cannot be had: a coding that nobody asked for and that we do
 * not know, codings in codings, or a body that does not fit its coding.
 */
export async function decoded({ body, isCut }: Body, coding: string, maxBytes: number): Promise<Body | undefined> {
  const name = coding.trim().toLowerCase();
  if (name === '' || name === 'identity' || body.length === 0) return { body, isCut };
  const decoder = decoders.get(name)?.(isCut);
  if (decoder === undefined) return undefined;
  const parts: Buffer[] = [];
  let size = 0;
  try {
    decoder.end(body);
    for await (const part of decoder) {
      parts.push(part as Buffer);
      size += (part as Buffer).length;
      if (size > maxBytes) break;
    }
  } catch {
    return undefined;
  }
  return { body: Buffer.concat(parts).subarray(0, maxBytes), isCut: isCut || size > maxBytes };
}
