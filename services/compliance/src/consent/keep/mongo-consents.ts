import { orUnavailable } from '@vox/platform/fault';
import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import type { Collection } from 'mongodb';
import { type ConsentStore, consentDocuments } from './consents.ts';

/** What subjects answered, over MongoDB's wire protocol, with an index by when they did. */
export async function mongoConsents({ db }: MongoStore): Promise<ConsentStore> {
  const documents = await mongoDocuments(db, consentDocuments);
  const rows: Collection<{ _id: string; state: unknown }> = db.collection(consentDocuments.collection);
  await orUnavailable(() => rows.createIndex({ 'state.tenantId': 1, 'state.records.atMs': 1 }));
  return {
    ...documents,
    async *answered(tenantId, { fromMs, toMs }) {
      const records = { $elemMatch: { atMs: { $gte: fromMs, $lt: toMs } } };
      const cursor = rows.find({ 'state.tenantId': tenantId, 'state.records': records });
      try {
        for (;;) {
          const row = await orUnavailable(() => cursor.next());
          if (row === null) return;
          yield consentDocuments.schema.parse(row.state);
        }
      } finally {
        await cursor.close().catch(() => undefined);
      }
    },
  };
}
