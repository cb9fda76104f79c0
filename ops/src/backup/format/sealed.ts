import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Reason } from '@vox/platform/fault';
import { contentKey, encodeHeader, type Header, headerMax, keyIdOf, readHeader } from './header.ts';

/** How much is sealed at once. Neither side ever holds more than a few of these. */
const chunkBytes = 1024 * 1024;
const tagBytes = 16;
const lengthBytes = 4;

/**
 * The nonce of a chunk: its number, and whether it is the last. The key belongs to one file, so no nonce comes twice;
 * a chunk in another place, or a file that ends before its last one, does not open.
 */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 3);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

export type Write = (bytes: Uint8Array) => Promise<void>;
export type SealedWriter = Readonly<{ write: Write; end: () => Promise<void> }>;

/** Writes the header in clear and everything else in chunks, each sealed with AES-256-GCM (NIST SP 800-38D). */
export async function sealedWriter(key: Uint8Array, header: Header, write: Write): Promise<SealedWriter> {
  const head = encodeHeader(header);
  const inner = contentKey(key, header, head);
  let [number, held, waiting] = [0, 0, [] as Uint8Array[]];
  const sealed = async (bytes: Uint8Array, isLast: boolean): Promise<void> => {
    const cipher = createCipheriv('aes-256-gcm', inner, nonceOf(number, isLast));
    const body = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(body.length);
    number += 1;
    await write(Buffer.concat([length, body]));
  };
  await write(head);
  return {
    async write(bytes) {
      waiting.push(bytes);
      held += bytes.length;
      if (held < chunkBytes) return;
      const whole = Buffer.concat(waiting);
      let from = 0;
      for (; whole.length - from >= chunkBytes; from += chunkBytes)
        await sealed(whole.subarray(from, from + chunkBytes), false);
      // A copy: a part would keep the whole in memory.
      [waiting, held] = [[Buffer.from(whole.subarray(from))], whole.length - from];
    },
    end: () => sealed(Buffer.concat(waiting), true),
  };
}

/** The bytes of a file in pieces of the wanted size: `take` answers fewer only at the end of the file. */
function piecesOf(file: AsyncIterable<Uint8Array>) {
  const parts = file[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  let isDone = false;
  async function fill(size: number): Promise<void> {
    if (held.length >= size || isDone) return;
    const more: Uint8Array[] = [held];
    for (let length = held.length; length < size && !isDone; ) {
      const { value, done } = await parts.next();
      if (done) isDone = true;
      else {
        more.push(value);
        length += value.length;
      }
    }
    held = Buffer.concat(more);
  }
  return {
    async take(size: number): Promise<Buffer> {
      await fill(size);
      const taken = held.subarray(0, size);
      held = held.subarray(size);
      return taken;
    },
    async line(max: number): Promise<Buffer | undefined> {
      await fill(max);
      const lines = held.indexOf('\n') + 1;
      const end = held.indexOf('\n', lines) + 1;
      if (lines === 0 || end === 0 || end > max) return undefined;
      const taken = Buffer.from(held.subarray(0, end));
      held = held.subarray(end);
      return taken;
    },
    async isOver(): Promise<boolean> {
      await fill(1);
      return held.length === 0;
    },
    close: async (): Promise<void> => void (await parts.return?.()),
  };
}

export type SealedFile = Readonly<{ header: Header; content: AsyncGenerator<Uint8Array> }>;

/** Reads the header of a file. Its content is read, and each chunk opened, as it is asked for. Throws Reason. */
export async function sealedFile(file: AsyncIterable<Uint8Array>, key: Uint8Array): Promise<SealedFile> {
  const pieces = piecesOf(file);
  const head = await pieces.line(headerMax);
  if (head === undefined) throw new Reason('the file is no backup of VOX');
  const header = readHeader(head.toString('utf8'));
  if (header.keyId !== keyIdOf(key))
    throw new Reason(`the backup was sealed with another key: with the one whose id is ${header.keyId}`);
  return { header, content: opened(pieces, contentKey(key, header, head)) };
}

async function* opened(pieces: ReturnType<typeof piecesOf>, key: Uint8Array): AsyncGenerator<Uint8Array> {
  try {
    for (let number = 0; ; number += 1) {
      const length = await pieces.take(lengthBytes);
      const size = length.length === lengthBytes ? length.readUInt32BE() : 0;
      if (size < tagBytes || size > chunkBytes + tagBytes) throw damaged();
      const body = await pieces.take(size);
      if (body.length < size) throw cutShort();
      const isLast = await pieces.isOver();
      yield openedChunk(key, number, isLast, body);
      if (isLast) return;
    }
  } finally {
    await pieces.close();
  }
}

const damaged = (): Reason => new Reason('the backup is damaged or was changed: its content does not fit its seal');
const cutShort = (): Reason => new Reason('the backup is cut short: its end is missing');

function openedChunk(key: Uint8Array, number: number, isLast: boolean, body: Buffer): Buffer {
  const found = chunkOrNone(key, nonceOf(number, isLast), body);
  if (found !== undefined) return found;
  throw isLast && chunkOrNone(key, nonceOf(number, false), body) !== undefined ? cutShort() : damaged();
}

function chunkOrNone(key: Uint8Array, nonce: Buffer, body: Buffer): Buffer | undefined {
  const at = body.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(body.subarray(at));
  try {
    return Buffer.concat([decipher.update(body.subarray(0, at)), decipher.final()]);
  } catch {
    return undefined;
  }
}
