import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { storedAgents } from './agents/keep/agents.ts';
import { storedKeyAges } from './key-ages/keep/key-ages.ts';
import { storedKeyDays } from './key-ages/keep/key-days.ts';
import { storedDigests, storedRefusalParts } from './refusal-digests/keep/digests.ts';
import { storedKeyRings } from './signing-keys/keep.ts';
import type { Stores } from './stores.ts';
import { storedTenants, type Tenants } from './tenants/keep.ts';
import { storedDeliveries } from './webhooks/keep/deliveries.ts';
import { storedEndpoints } from './webhooks/keep/endpoints.ts';
import { storedQueues } from './webhooks/keep/queues.ts';

export const mongoTenants = ({ db }: MongoStore): Promise<Tenants> => mongoDocuments(db, storedTenants);

/** Everything that auth keeps. */
export const mongoStores = async (store: MongoStore): Promise<Stores> => ({
  tenants: await mongoTenants(store),
  agents: await mongoDocuments(store.db, storedAgents),
  keyRings: await mongoDocuments(store.db, storedKeyRings),
  keyAges: await mongoDocuments(store.db, storedKeyAges),
  keyDays: await mongoDocuments(store.db, storedKeyDays),
  digests: await mongoDocuments(store.db, storedDigests),
  refusalParts: await mongoDocuments(store.db, storedRefusalParts),
  endpoints: await mongoDocuments(store.db, storedEndpoints),
  deliveries: await mongoDocuments(store.db, storedDeliveries),
  queues: await mongoDocuments(store.db, storedQueues),
});
