import { type MongoStore, rowsOf } from '@vox/platform/store';
import { mongoTenants } from './mongo.ts';

/** What the reconciliation reads of this service: tenants whose outbox is not empty, and since when. */
export type AuthLedger = Readonly<{
  unpublished: () => AsyncIterable<Readonly<{ tenantId: string; sinceMs: number }>>;
}>;

export async function authLedger(store: MongoStore): Promise<AuthLedger> {
  const tenants = await mongoTenants(store);
  return {
    async *unpublished() {
      for await (const { key, state } of rowsOf(tenants)) {
        const [first] = state.untold;
        if (first !== undefined) yield { tenantId: key, sinceMs: first.atMs };
      }
    },
  };
}
