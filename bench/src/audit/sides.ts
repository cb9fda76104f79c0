import { hash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { verifyFile } from '@vox/cli/audit-file';
import {
  type Entry,
  emptyChain,
  entriesAfter,
  exportReaders,
  type Head,
  link,
  partMax,
  verifyPart,
} from '@vox/compliance/audit';
import { mongoAuditLog } from '@vox/compliance/mongo';
import { ListReceiptKeys } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { chain, checkpointEvery, checkpointOf, recorded, tenantId } from './chain.ts';

/** What a side works on, and how much of it. */
export type Given = Readonly<{ file: string; keys: string; mongo: string; database: string; entries: number }>;

const open = ({ mongo: uri, database }: Given): Promise<MongoStore> =>
  connectMongo({ uri, database, appName: 'bench', timeoutMs: 60_000 });

const keysIn = (file: string) => ListReceiptKeys.reply.parse(JSON.parse(readFileSync(file, 'utf8'))).keys;

/** Each side answers how many entries it processed. */
export const sides: Readonly<Record<string, (given: Given) => Promise<number>>> = {
  async 'verify a file'({ file, keys }) {
    const { entries, broken } = await verifyFile(file, keys);
    if (broken !== null) throw new Error(`${broken.cause} at ${broken.sequence}`);
    return entries;
  },
  async 'hash the lines of a file'({ file }) {
    let lines = 0;
    for await (const line of createInterface({ input: createReadStream(file, { highWaterMark: 1_048_576 }) })) {
      hash('sha256', line);
      lines += 1;
    }
    return lines;
  },
  async 'verify the store'(given) {
    const store = await open(given);
    const log = await mongoAuditLog(store);
    const { place } = exportReaders(keysIn(given.keys));
    let entries = 0;
    // Part by part, as the service answers.
    for (let from: Head | null | undefined; from !== null; ) {
      const after = from?.sequence ?? 0;
      const part = {
        entries: entriesAfter(log, tenantId, after),
        checkpoints: log.checkpoints(tenantId, { after }),
      };
      const { found, next } = await verifyPart({ tenantId, anchor: undefined, from, ...part }, partMax, digest, place);
      if (found.broken !== null) throw new Error(`${found.broken.cause} at ${found.broken.sequence}`);
      entries += found.entries;
      from = next;
    }
    await store.close();
    return entries;
  },
  async 'hash what a cursor brings'(given) {
    const store = await open(given);
    let rows = 0;
    for await (const row of store.db.collection('audit').find({ tenantId }).sort({ sequence: 1 })) {
      hash('sha256', JSON.stringify(row));
      rows += 1;
    }
    await store.close();
    return rows;
  },
  async append(given) {
    const store = await open(given);
    const log = await mongoAuditLog(store);
    await atOnce(given.entries, (n) => {
      const fact = recorded(n);
      return log.append(tenantId, fact.factId, (head) => link(tenantId, head, fact, digest));
    });
    await store.close();
    return given.entries;
  },
  async 'insert one by one'(given) {
    const store = await open(given);
    const rows = store.db.collection('bare');
    await rows.createIndex({ tenantId: 1, sequence: 1 }, { unique: true });
    await rows.createIndex({ tenantId: 1, factId: 1 }, { unique: true });
    await atOnce(given.entries, (n) =>
      rows.insertOne({ ...link(tenantId, emptyChain, recorded(n), digest), sequence: n }),
    );
    await store.close();
    return given.entries;
  },
};

/** As many at once as a consumer has. */
const atOnceMax = 64;
async function atOnce(count: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: atOnceMax }, one));
}

/** Puts a chain into the store, with its checkpoints. */
export async function fill(given: Given): Promise<void> {
  const store = await open(given);
  const log = await mongoAuditLog(store);
  const rows = store.db.collection<Entry>('audit');
  const batch: Entry[] = [];
  for (const entry of chain(given.entries)) {
    batch.push(entry);
    if (batch.length === checkpointEvery || entry.sequence === given.entries) {
      await rows.insertMany(batch.splice(0));
      await log.checkpoint(await checkpointOf(entry));
    }
  }
  await store.close();
}
