import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { storedAgents } from './agents/keep/agents.ts';
import { storedPolicyVersions } from './policy-versions/keep.ts';
import { storedKeyRings } from './signing-keys/keep.ts';
import type { Stores } from './stores.ts';
import { storedTenants, type Tenants } from './tenants/keep.ts';

export const mongoTenants = ({ db }: MongoStore): Promise<Tenants> => mongoDocuments(db, storedTenants);

/** Everything that auth keeps. */
export const mongoStores = async (store: MongoStore): Promise<Stores> => ({
  tenants: await mongoTenants(store),
  policyVersions: await mongoDocuments(store.db, storedPolicyVersions),
  agents: await mongoDocuments(store.db, storedAgents),
  keyRings: await mongoDocuments(store.db, storedKeyRings),
});
