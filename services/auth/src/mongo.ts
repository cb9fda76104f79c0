import { hashKeyDocuments } from '@vox/platform/hash-keys';
import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { storedAgents } from './agents/keep/agents.ts';
import { storedApiKeyRings } from './api-keys/keep/api-key-rings.ts';
import { storedSpentNonces } from './api-keys/keep/spent-nonces.ts';
import { storedCallDays } from './call-decisions/keep.ts';
import { type Codes, storedCodes } from './codes/keep.ts';
import { type Mails, storedMails } from './courier/keep.ts';
import { storedKeyAges } from './key-ages/keep/key-ages.ts';
import { storedKeyDays } from './key-ages/keep/key-days.ts';
import { storedDevices, storedLogins } from './logins/keep.ts';
import { storedRosters } from './members/keep.ts';
import { storedPolicyVersions } from './policy-versions/keep.ts';
import { storedDigests, storedRefusalParts } from './refusal-digests/keep/digests.ts';
import { storedSecondFactors } from './second-factors/keep.ts';
import { storedSecretBooks } from './secrets/keep/books.ts';
import { storedKeyRings } from './signing-keys/keep.ts';
import { storedConnections } from './single-sign-on/keep/connections.ts';
import { storedProvedDomains } from './single-sign-on/keep/domains.ts';
import { storedFlows } from './single-sign-on/keep/flows.ts';
import { storedLinks } from './single-sign-on/keep/links.ts';
import type { Stores } from './stores.ts';
import { storedTenants, type Tenants } from './tenants/keep.ts';
import { storedDeliveries } from './webhooks/keep/deliveries.ts';
import { storedEndpoints } from './webhooks/keep/endpoints.ts';
import { storedQueues } from './webhooks/keep/queues.ts';

export const mongoTenants = ({ db }: MongoStore): Promise<Tenants> => mongoDocuments(db, storedTenants);
export const mongoCodes = ({ db }: MongoStore): Promise<Codes> => mongoDocuments(db, storedCodes);
export const mongoMails = ({ db }: MongoStore): Promise<Mails> => mongoDocuments(db, storedMails);

/** Everything that auth keeps. */
export const mongoStores = async (store: MongoStore): Promise<Stores> => ({
  hashKeyStore: await mongoDocuments(store.db, hashKeyDocuments),
  tenants: await mongoTenants(store),
  policyVersions: await mongoDocuments(store.db, storedPolicyVersions),
  agents: await mongoDocuments(store.db, storedAgents),
  keyRings: await mongoDocuments(store.db, storedKeyRings),
  apiKeyRings: await mongoDocuments(store.db, storedApiKeyRings),
  spentNonces: await mongoDocuments(store.db, storedSpentNonces),
  codes: await mongoCodes(store),
  mails: await mongoMails(store),
  rosters: await mongoDocuments(store.db, storedRosters),
  logins: await mongoDocuments(store.db, storedLogins),
  devices: await mongoDocuments(store.db, storedDevices),
  secondFactors: await mongoDocuments(store.db, storedSecondFactors),
  connections: await mongoDocuments(store.db, storedConnections),
  provedDomains: await mongoDocuments(store.db, storedProvedDomains),
  flows: await mongoDocuments(store.db, storedFlows),
  links: await mongoDocuments(store.db, storedLinks),
  keyAges: await mongoDocuments(store.db, storedKeyAges),
  keyDays: await mongoDocuments(store.db, storedKeyDays),
  callDays: await mongoDocuments(store.db, storedCallDays),
  digests: await mongoDocuments(store.db, storedDigests),
  refusalParts: await mongoDocuments(store.db, storedRefusalParts),
  secretBooks: await mongoDocuments(store.db, storedSecretBooks),
  endpoints: await mongoDocuments(store.db, storedEndpoints),
  deliveries: await mongoDocuments(store.db, storedDeliveries),
  queues: await mongoDocuments(store.db, storedQueues),
});
