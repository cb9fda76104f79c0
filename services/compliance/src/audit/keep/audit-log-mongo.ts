import { AuditEntry, SignedPlace } from '@vox/contracts';
import { Fault, orUnavailable } from '@vox/platform/fault';
import { ensureIndex, isDuplicateKey, type MongoStore } from '@vox/platform/store';
import { batcher } from '@vox/platform/time';
import type { Collection, Filter, FindCursor, WithId } from 'mongodb';
import type { z } from 'zod';
import { type Entry, emptyChain, type Head } from '../decide/chain.ts';
import { type AuditLog, namedMax, type Range } from './audit-log.ts';
import { appender } from './audit-log-appender.ts';

type Anchor = Omit<SignedPlace, 'tenantId'> & { _id: string };

/** Documents that a stream holds at once at most: what a chain costs in memory, however long it is. */
const readAtOnce = 1_000;
/** Beginnings of chains that are asked for together, and how long those who come meanwhile wait. */
const inOneCommand = { sizeMax: 64, waitMs: 5 };
/** Entries that one removal takes at most. */
const trimmedAtOnce = 1_000;

/**
 * The audit log over MongoDB's wire protocol: one document an entry. Two unique indexes hold the chain: place and fact,
 * within a tenant. A third holds one checkpoint for each place.
 */
export async function mongoAuditLog({ db }: MongoStore): Promise<AuditLog> {
  const rows = db.collection<Entry>('audit');
  const checkpoints = db.collection<SignedPlace>('audit_checkpoints');
  const anchors = db.collection<Anchor>('audit_anchors');
  const byPlace = { tenantId: 1, sequence: 1 } as const;
  await ensureIndex(rows, byPlace, { unique: true });
  await ensureIndex(rows, { tenantId: 1, factId: 1 }, { unique: true });
  await ensureIndex(checkpoints, byPlace, { unique: true });

  const anchorRow = batcher<string, WithId<Anchor> | undefined>(inOneCommand, async (tenantIds) => {
    const found = await orUnavailable(() => anchors.find({ _id: { $in: [...tenantIds] } }).toArray());
    const known = new Map(found.map((row) => [row._id, row]));
    return tenantIds.map((tenantId) => known.get(tenantId));
  });
  async function anchor(tenantId: string): Promise<SignedPlace | undefined> {
    const row = await anchorRow(tenantId);
    return row === undefined ? undefined : readAs(SignedPlace, { ...row, tenantId });
  }
  async function head(tenantId: string): Promise<Head> {
    const [[last = emptyChain], begins = emptyChain] = await Promise.all([
      orUnavailable(() => rows.find({ tenantId }).sort({ sequence: -1 }).limit(1).toArray()),
      anchor(tenantId),
    ]);
    const { sequence, hash } = last.sequence < begins.sequence ? begins : last;
    return { sequence, hash };
  }
  const begins = async (tenantId: string): Promise<number> => (await anchor(tenantId))?.sequence ?? 0;
  async function raise({ tenantId, ...place }: SignedPlace): Promise<void> {
    const older = { _id: tenantId, sequence: { $lt: place.sequence } };
    await orUnavailable(() => anchors.replaceOne(older, place, { upsert: true }).then(() => true, isDuplicateKey));
  }

  return {
    append: appender(rows, { head, begins }),
    async recorded(tenantId, factIds) {
      const wanted = { tenantId, factId: { $in: [...factIds] } };
      const found = await orUnavailable(() => rows.find(wanted, { projection: { factId: 1 } }).toArray());
      return new Set(found.map(({ factId }) => factId));
    },
    async named(tenantId, { factIds, beginnings }) {
      // Each way of asking is a range of the index of ids.
      const begun = beginnings.map((beginning) => ({ factId: { $gte: beginning, $lt: `${beginning}\uffff` } }));
      const wanted = { tenantId, $or: [{ factId: { $in: [...factIds] } }, ...begun] };
      const found = await orUnavailable(() => rows.find(wanted).limit(namedMax).toArray());
      return found.map((row) => readAs(AuditEntry, row)).sort((a, b) => a.sequence - b.sequence);
    },
    entries: (tenantId, range) => streamed(AuditEntry, inOrder(rows, tenantId, range)),
    head,
    checkpoint: (checkpoint) =>
      orUnavailable(() => checkpoints.insertOne({ ...checkpoint }).then(() => true, isDuplicateKey)),
    checkpoints: (tenantId, range) => streamed(SignedPlace, inOrder(checkpoints, tenantId, range)),
    anchor,
    async trim(place) {
      await raise(place);
      const { tenantId, sequence } = place;
      // The newest stays: at its place, whoever still holds an old head and finds the front removed is stopped.
      const upto = Math.min(sequence, (await head(tenantId)).sequence - 1);
      let removed = 0;
      for (;;) {
        const first = await orUnavailable(() => inOrder(rows, tenantId, { upto }).limit(1).next());
        if (first === null) break;
        const batch = Math.min(upto, first.sequence + trimmedAtOnce - 1);
        removed += (await orUnavailable(() => rows.deleteMany(placed<Entry>(tenantId, { upto: batch })))).deletedCount;
      }
      await orUnavailable(() => checkpoints.deleteMany(placed<SignedPlace>(tenantId, { upto: sequence })));
      return removed;
    },
  };
}

const placed = <T extends { tenantId: string; sequence: number }>(
  tenantId: string,
  { after = 0, upto }: Range = {},
): Filter<T> =>
  ({ tenantId, sequence: { $gt: after, ...(upto !== undefined && { $lte: upto }) } }) as unknown as Filter<T>;

const inOrder = <T extends { tenantId: string; sequence: number }>(
  rows: Collection<T>,
  tenantId: string,
  range?: Range,
): FindCursor<WithId<T>> => rows.find(placed<T>(tenantId, range)).sort({ sequence: 1 }).batchSize(readAtOnce);

function readAs<S extends z.ZodType>(schema: S, row: unknown): z.infer<S> {
  const read = schema.safeParse(row);
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new Fault('INTERNAL', {}, { cause: new Error(`the audit log holds what is not of its schema: ${fields}`) });
}

/** Documents one by one; what the store throws on the way is UNAVAILABLE. */
async function* streamed<S extends z.ZodType>(schema: S, cursor: FindCursor): AsyncIterable<z.infer<S>> {
  try {
    for (;;) {
      const row = await orUnavailable(() => cursor.next());
      if (row === null) return;
      yield readAs(schema, row);
    }
  } finally {
    await cursor.close().catch(() => undefined);
  }
}
