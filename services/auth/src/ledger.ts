import { type MongoStore, rowsOf } from '@vox/platform/store';
import { mongoTenants } from './mongo.ts';

/** What the reconciliation reads of this service: changes that are made and that nobody was told of yet. */
export type AuthLedger = Readonly<{ untold: () => AsyncIterable<Readonly<{ tenantId: string; sinceMs: number }>> }>;

export async function authLedger(store: MongoStore): Promise<AuthLedger> {
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
