import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Reason } from '@vox/platform/fault';
import { z } from 'zod';
import type { Write } from './sealed.ts';

/**
 * One part of a backup: a stream as its server saved it, the messages that were published on it after that, or a
 * collection of documents.
 */
export const Part = z.discriminatedUnion('part', [
  z.object({ part: z.literal('stream'), name: z.string(), config: z.looseObject({}), state: z.looseObject({}) }),
  z.object({ part: z.literal('tail'), name: z.string() }),
  z.object({
    part: z.literal('collection'),
    database: z.string(),
    name: z.string(),
    indexes: z.array(z.looseObject({ key: z.record(z.string(), z.number()) })),
  }),
]);
export type Part = z.infer<typeof Part>;

/** What a part holds: its records, their bytes, and a digest over all of them that does not depend on their order. */
export const Tally = z.object({ records: z.number().int(), bytes: z.number().int(), digest: z.string() });
export type Tally = z.infer<typeof Tally>;

/** `stream VOX_CALLS`, `collection vox_auth.tenants`. */
export const nameOfPart = (part: Part): string =>
  part.part === 'collection' ? `collection ${part.database}.${part.name}` : `${part.part} ${part.name}`;

export const Manifest = z.object({
  parts: z.array(Tally.extend({ name: z.string() })),
  messages: z.number().int().describe('of all streams'),
  documents: z.number().int(),
  /** Whether all documents are of one moment, or of one moment for each collection. */
  isOneMoment: z.boolean(),
  finishedAt: z.iso.datetime(),
});
export type Manifest = z.infer<typeof Manifest>;

const digestBytes = 32;

/** Counts the records of a part. */
export function tallying() {
  let [records, bytes] = [0, 0];
  const digest = Buffer.alloc(digestBytes);
  return {
    add(record: Uint8Array): void {
      records += 1;
      bytes += record.length;
      const one = createHash('sha256').update(record).digest();
      for (let at = 0; at < digestBytes; at += 1) digest[at] = (digest[at] ?? 0) ^ (one[at] ?? 0);
    },
    tally: (): Tally => ({ records, bytes, digest: digest.toString('hex') }),
  };
}

const types = { open: 1, data: 2, close: 3, manifest: 4 } as const;
const headBytes = 5;
/** A document of MongoDB has 16 MiB at most, a message less. */
const recordMax = 20 * 1024 * 1024;

const encoded = (type: number, body: Uint8Array): Buffer => {
  const head = Buffer.alloc(headBytes);
  head.writeUInt8(type);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
};
const asJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Writes parts one after another, and the manifest at the end. */
export function recordWriter(write: Write) {
  const parts: Manifest['parts'][number][] = [];
  return {
    /** Writes one part with its records, and answers what it holds. */
    async part(part: Part, records: AsyncIterable<Uint8Array>): Promise<Tally> {
      const counted = tallying();
      await write(encoded(types.open, asJson(part)));
      for await (const record of records) {
        counted.add(record);
        await write(encoded(types.data, record));
      }
      const tally = counted.tally();
      await write(encoded(types.close, asJson(tally)));
      parts.push({ name: nameOfPart(part), ...tally });
      return tally;
    },
    async manifest(rest: Omit<Manifest, 'parts'>): Promise<Manifest> {
      const manifest = { parts, ...rest };
      await write(encoded(types.manifest, asJson(manifest)));
      return manifest;
    },
  };
}

export type PartReader = (part: Part, records: AsyncGenerator<Uint8Array>) => Promise<void>;
type Read = Readonly<{ type: number; body: Buffer }>;

async function* recordsOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Read> {
  let held = Buffer.alloc(0);
  for await (const bytes of content) {
    held = Buffer.concat([held, bytes]);
    let from = 0;
    while (held.length - from >= headBytes) {
      const size = held.readUInt32BE(from + 1);
      if (size > recordMax) throw inconsistent();
      if (held.length - from < headBytes + size) break;
      yield { type: held.readUInt8(from), body: Buffer.from(held.subarray(from + headBytes, from + headBytes + size)) };
      from += headBytes + size;
    }
    held = held.subarray(from);
  }
  if (held.length > 0) throw inconsistent();
}

const inconsistent = (): Reason => new Reason('the backup contradicts itself: it was not written to its end');

function parsed<S extends z.ZodType>(schema: S, body: Buffer): z.infer<S> {
  try {
    return schema.parse(JSON.parse(body.toString('utf8')));
  } catch {
    throw inconsistent();
  }
}

/**
 * Reads every part of a backup and hands it to `reader`, which may leave records unread. Checks the counts and digests
 * of each part and of the manifest. Throws Reason.
 */
export async function readParts(content: AsyncIterable<Uint8Array>, reader: PartReader): Promise<Manifest> {
  const records = recordsOf(content);
  const seen: Manifest['parts'][number][] = [];
  for (;;) {
    const { value: first, done } = await records.next();
    if (done) throw inconsistent();
    if (first.type === types.manifest) {
      const manifest = parsed(Manifest, first.body);
      if (!isDeepStrictEqual(manifest.parts, seen) || !(await records.next()).done) throw inconsistent();
      return manifest;
    }
    if (first.type !== types.open) throw inconsistent();
    const part = parsed(Part, first.body);
    const own = recordsIn(records);
    await reader(part, own.records);
    seen.push({ name: nameOfPart(part), ...(await own.close()) });
  }
}

/** The records of the part that was opened. `close` reads what is left of it, and compares. */
function recordsIn(all: AsyncGenerator<Read>) {
  const counted = tallying();
  let said: Tally | undefined;
  async function* own(): AsyncGenerator<Uint8Array> {
    while (said === undefined) {
      const { value, done } = await all.next();
      if (done || (value.type !== types.data && value.type !== types.close)) throw inconsistent();
      if (value.type === types.close) {
        said = parsed(Tally, value.body);
        return;
      }
      counted.add(value.body);
      yield value.body;
    }
  }
  return {
    records: own(),
    async close(): Promise<Tally> {
      for await (const _ of own());
      const tally = counted.tally();
      if (!isDeepStrictEqual(said, tally)) throw inconsistent();
      return tally;
    },
  };
}
