import { BSON, MongoClient } from 'mongodb';

/** Documents of a collection, and how long one is on average, in bytes. */
export type Stored = Readonly<{ store: string; collection: string; documents: number; bytes: number }>;

const sampled = 400;

/** What the stores of the services hold, by collection. */
export async function storedIn(uri: string): Promise<readonly Stored[]> {
  const client = await MongoClient.connect(uri);
  try {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const stores = databases.map(({ name }) => name).filter((name) => name.startsWith('vox_'));
    const found: Stored[] = [];
    for (const store of stores)
      for (const { name: collection } of await client.db(store).listCollections({}, { nameOnly: true }).toArray()) {
        const rows = client.db(store).collection(collection);
        const newest = await rows.find().sort({ $natural: -1 }).limit(sampled).toArray();
        const total = newest.reduce((sum, row) => sum + BSON.calculateObjectSize(row), 0);
        const documents = await rows.countDocuments();
        found.push({ store, collection, documents, bytes: newest.length === 0 ? 0 : total / newest.length });
      }
    return found;
  } finally {
    await client.close();
  }
}

/** What was added to each collection, for each of so many calls. Collections that did not grow are left out. */
export const grownBy = (before: readonly Stored[], after: readonly Stored[], calls: number): Stored[] =>
  after.flatMap((now) => {
    const was = before.find(({ store, collection }) => store === now.store && collection === now.collection);
    const documents = (now.documents - (was?.documents ?? 0)) / calls;
    return documents > 0 ? [{ ...now, documents }] : [];
  });
