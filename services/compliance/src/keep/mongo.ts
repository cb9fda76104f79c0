import { AuditEntry } from '@vox/shared/contracts';
import { Fault, orUnavailable } from '@vox/shared/fault';
import { isDuplicateKey, type MongoStore, mongoCells } from '@vox/shared/store';
import { z } from 'zod';
import { type Entry, emptyChain, type Head } from '../decide/chain.ts';
import type { AuditLog } from './audit-log.ts';
import { type KeyStores, receiptKeyCells, subjectCells, tenantKeyCells } from './keys.ts';

const triesMax = 50;

/** The audit log over MongoDB's wire protocol: one document an entry. Two unique indexes hold the chain: place and fact, within a tenant. */
export async function mongoAuditLog({ db }: MongoStore): Promise<AuditLog> {
  const rows = db.collection<Entry>('audit');
  await orUnavailable(() => rows.createIndex({ tenantId: 1, sequence: 1 }, { unique: true }));
  await orUnavailable(() => rows.createIndex({ tenantId: 1, factId: 1 }, { unique: true }));
  /** The newest head this copy knows of. Another copy may be ahead: then the place is taken, and the head is read anew. */
  const heads = new Map<string, Head>();
  /** Appends of one tenant in this process take turns. */
  const turns = new Map<string, Promise<void>>();

  async function headOf(tenantId: string): Promise<Head> {
    const [last] = await orUnavailable(() =>
      rows
        .find({ tenantId }, { projection: { sequence: 1, hash: 1 } })
        .sort({ sequence: -1 })
        .limit(1)
        .toArray(),
    );
    return last === undefined ? emptyChain : { sequence: last.sequence, hash: last.hash };
  }

  async function attempt(tenantId: string, factId: string, follow: (head: Head) => Entry): Promise<void> {
    for (let tries = 1; tries <= triesMax; tries += 1) {
      const head = heads.get(tenantId) ?? (await headOf(tenantId));
      const entry = follow(head);
      const written = await orUnavailable(() => rows.insertOne({ ...entry }).then(() => true, isDuplicateKey));
      if (written) return void heads.set(tenantId, { sequence: entry.sequence, hash: entry.hash });
      heads.delete(tenantId);
      if ((await orUnavailable(() => rows.countDocuments({ tenantId, factId }, { limit: 1 }))) > 0) return;
    }
    throw new Fault('UNAVAILABLE', {}, { cause: new Error('an audit log is appended to by too many at once') });
  }

  return {
    async append(tenantId, factId, follow) {
      const mine = (turns.get(tenantId) ?? Promise.resolve()).then(() => attempt(tenantId, factId, follow));
      const over = mine.catch(() => undefined);
      turns.set(tenantId, over);
      void over.then(() => {
        if (turns.get(tenantId) === over) turns.delete(tenantId);
      });
      await mine;
    },
    async *entries(tenantId) {
      try {
        for await (const row of rows.find({ tenantId }).sort({ sequence: 1 })) yield AuditEntry.parse(row);
      } catch (cause) {
        if (cause instanceof z.ZodError)
          throw new Fault('INTERNAL', {}, { cause: new Error('an audit entry is not of its schema') });
        throw new Fault('UNAVAILABLE', {}, { cause });
      }
    },
  };
}

/** Keys stand in a database of their own. */
export const mongoKeys = async ({ db }: MongoStore): Promise<KeyStores> => ({
  tenantKeys: await mongoCells(db, tenantKeyCells),
  subjects: await mongoCells(db, subjectCells),
  receiptKeys: await mongoCells(db, receiptKeyCells),
});
