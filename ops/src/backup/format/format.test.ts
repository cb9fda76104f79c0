import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyBackup } from '../verify.ts';
import { encodeHeader, formatWritten, type Header, keyIdOf, mayRestore } from './header.ts';
import { type Part, readParts, recordWriter } from './records.ts';
import { sealedFile, sealedWriter } from './sealed.ts';

const key = Buffer.alloc(32, 7);
const header: Header = {
  ...{ format: formatWritten, kind: 'data', backupId: '6f9619ff-8b86-4d11-b42d-00c04fc964ff' },
  ...{ takenAt: '2026-05-01T12:00:00.000Z', version: '0.9.0', keyId: keyIdOf(key), salt: 'c2FsdA' },
};
const part = (name: string): Part => ({ part: 'collection', database: 'vox_auth', name, indexes: [] });

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** A backup of some parts, as the pieces that were written. */
async function written(parts: readonly (readonly Uint8Array[])[], head: Header = header): Promise<Buffer[]> {
  const pieces: Buffer[] = [];
  const sealed = await sealedWriter(key, head, async (bytes) => void pieces.push(Buffer.from(bytes)));
  const records = recordWriter(sealed.write);
  for (const [n, content] of parts.entries()) await records.part(part(`c${n}`), each(content));
  await records.manifest({ messages: 0, documents: 0, isOneMoment: true, finishedAt: header.takenAt });
  await sealed.end();
  return pieces;
}
const verified = (pieces: readonly Uint8Array[], by: Uint8Array = key) => verifyBackup(each(pieces), by);
/** Fills a chunk and a half. */
const large = (seed: string): Buffer => Buffer.alloc(1_500_000, seed);

describe('a backup file', () => {
  it('gives back every part and every record, whatever they hold and however the file is cut into reads', async () => {
    const content = fc.array(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 6 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(content, fc.integer({ min: 1, max: 300 }), async (parts, size) => {
        const whole = Buffer.concat(await written(parts));
        const reads = Array.from({ length: Math.ceil(whole.length / size) }, (_, n) =>
          whole.subarray(n * size, (n + 1) * size),
        );
        const found: [Part, Uint8Array[]][] = [];
        await readParts((await sealedFile(each(reads), key)).content, async (opened, records) => {
          const all: Uint8Array[] = [];
          for await (const record of records) all.push(record);
          found.push([opened, all]);
        });
        expect(found).toEqual(parts.map((of, n) => [part(`c${n}`), of.map((bytes) => Buffer.from(bytes))]));
      }),
      { numRuns: 50 },
    );
  });
  it('is refused when any bit of it is another one', async () => {
    const whole = Buffer.concat(await written([[Buffer.from('some'), Buffer.from('words')]]));
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 7 }), async (at, bit) => {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        await expect(verified([changed])).rejects.toMatchObject({ name: 'Reason' });
      }),
      { numRuns: 100 },
    );
  });
  it('is refused when it ends anywhere before its end, and says so where whole pieces are missing', async () => {
    const pieces = await written([[large('a')], [large('b')]]);
    expect(pieces.length).toBeGreaterThan(3);
    await expect(verified(pieces.slice(0, -1))).rejects.toThrow('the backup is cut short: its end is missing');
    const whole = Buffer.concat(pieces);
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: whole.length - 1 }), async (length) => {
        await expect(verified([whole.subarray(0, length)])).rejects.toMatchObject({ name: 'Reason' });
      }),
      { numRuns: 10 },
    );
  });
  it('is refused when pieces of it change places, come twice, or come out of another backup', async () => {
    const [head, first, second, ...rest] = (await written([[large('a')], [large('b')]])) as [Buffer, Buffer, Buffer];
    const damaged = 'damaged or was changed';
    await expect(verified([head, second, first, ...rest])).rejects.toThrow(damaged);
    await expect(verified([head, first, first, second, ...rest])).rejects.toThrow(damaged);
    const [, foreign] = await written([[large('a')], [large('b')]], { ...header, salt: 'b3RoZXI' });
    await expect(verified([head, foreign as Buffer, second, ...rest])).rejects.toThrow(damaged);
    await expect(verified([head, first, second, ...rest])).resolves.toMatchObject({ header });
  });
  it('names the key that opens it when another is given', async () => {
    const pieces = await written([]);
    await expect(verified(pieces, Buffer.alloc(32, 8))).rejects.toThrow(`the one whose id is ${header.keyId}`);
  });
  it.each([
    [
      { ...header, format: formatWritten + 1 },
      /newer than what this version reads .*: use the version of VOX that took/,
    ],
    [{ ...header, format: 0 }, /older than what this version reads .*: use the version of VOX that took/],
  ])('of a format that this version does not read is refused with what to do (%#)', async (head, sentence) => {
    await expect(verified([encodeHeader(head)])).rejects.toThrow(sentence);
  });
  it('is told from a file that is none', async () => {
    await expect(verified([Buffer.from('{"no":"backup"}\n\n')])).rejects.toThrow('the file is no backup of VOX');
  });
});

describe('a version of VOX', () => {
  it.each([
    ['0.9.0', '0.9.0', true],
    ['0.8.9', '0.9.0', true],
    ['0.9.0', '0.10.0', true],
    ['0.10.0', '0.9.0', false],
    ['1.0.0', '0.9.9', false],
  ])('of a backup, %s, may be restored by %s: %s', (of, own, may) => {
    expect(mayRestore(of, own)).toBe(may);
  });
});
