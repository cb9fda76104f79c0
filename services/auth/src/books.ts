import { type MongoStore, rowsOf } from '@vox/platform/store';
import { mongoTenants } from './keep/mongo.ts';

/** What an auditor of the books reads of this service: changes that are made and that nobody was told of yet. */
export type AuthBooks = Readonly<{ untold: () => AsyncIterable<Readonly<{ tenantId: string; sinceMs: number }>> }>;

export async function authBooks(store: MongoStore): Promise<AuthBooks> {
  const tenants = await mongoTenants(store);
  return {
    async *untold() {
      for await (const { key, state } of rowsOf(tenants)) {
        const [first] = state.untold;
        if (first !== undefined) yield { tenantId: key, sinceMs: first.atMs };
      }
    },
  };
}
