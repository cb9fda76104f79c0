import { hashKeyDocuments } from '@vox/platform/hash-keys';
import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Agents, storedAgents } from './agents/keep/agents.ts';
import { type ApiKeyRings, storedApiKeyRings } from './api-keys/keep/api-key-rings.ts';
import { type SpentNonces, storedSpentNonces } from './api-keys/keep/spent-nonces.ts';
import { storedCallDays } from './call-decisions/keep.ts';
import { type Codes, storedCodes } from './codes/keep.ts';
import { type Mails, storedMails } from './courier/keep.ts';
import { storedKeyAges } from './key-ages/keep/key-ages.ts';
import { storedKeyDays } from './key-ages/keep/key-days.ts';
import { storedDevices, storedLogins } from './logins/keep.ts';
import { storedRosters } from './members/keep.ts';
import { type PolicyVersions, storedPolicyVersions } from './policy-versions/keep.ts';
import { storedDigests, storedRefusalParts } from './refusal-digests/keep/digests.ts';
import { storedSecondFactors } from './second-factors/keep.ts';
import { storedSecretBooks } from './secrets/keep/books.ts';
import { type KeyRings, storedKeyRings } from './signing-keys/keep.ts';
import { storedConnections } from './single-sign-on/keep/connections.ts';
import { storedProvedDomains } from './single-sign-on/keep/domains.ts';
import { storedFlows } from './single-sign-on/keep/flows.ts';
import { storedLinks } from './single-sign-on/keep/links.ts';
import type { Stores } from './stores.ts';
import { storedTenants, type Tenants } from './tenants/keep.ts';
import { storedDeliveries } from './webhooks/keep/deliveries.ts';
import { storedEndpoints } from './webhooks/keep/endpoints.ts';
import { storedQueues } from './webhooks/keep/queues.ts';

export const memoryTenants = (options?: MemoryDocumentsOptions): Tenants => memoryDocuments(storedTenants, options);
export const memoryAgents = (options?: MemoryDocumentsOptions): Agents => memoryDocuments(storedAgents, options);
export const memoryPolicyVersions = (options?: MemoryDocumentsOptions): PolicyVersions =>
  memoryDocuments(storedPolicyVersions, options);
export const memoryKeyRings = (options?: MemoryDocumentsOptions): KeyRings => memoryDocuments(storedKeyRings, options);
export const memoryApiKeyRings = (options?: MemoryDocumentsOptions): ApiKeyRings =>
  memoryDocuments(storedApiKeyRings, options);
export const memorySpentNonces = (options?: MemoryDocumentsOptions): SpentNonces =>
  memoryDocuments(storedSpentNonces, options);
export const memoryCodes = (options?: MemoryDocumentsOptions): Codes => memoryDocuments(storedCodes, options);
export const memoryMails = (options?: MemoryDocumentsOptions): Mails => memoryDocuments(storedMails, options);

/** Everything that auth keeps, for as long as the process lasts. */
export const memoryStores = (): Stores => ({
  hashKeyStore: memoryDocuments(hashKeyDocuments),
  tenants: memoryTenants(),
  policyVersions: memoryPolicyVersions(),
  agents: memoryAgents(),
  keyRings: memoryKeyRings(),
  apiKeyRings: memoryApiKeyRings(),
  spentNonces: memorySpentNonces(),
  codes: memoryCodes(),
  mails: memoryMails(),
  rosters: memoryDocuments(storedRosters),
  logins: memoryDocuments(storedLogins),
  devices: memoryDocuments(storedDevices),
  secondFactors: memoryDocuments(storedSecondFactors),
  connections: memoryDocuments(storedConnections),
  provedDomains: memoryDocuments(storedProvedDomains),
  flows: memoryDocuments(storedFlows),
  links: memoryDocuments(storedLinks),
  keyAges: memoryDocuments(storedKeyAges),
  keyDays: memoryDocuments(storedKeyDays),
  callDays: memoryDocuments(storedCallDays),
  digests: memoryDocuments(storedDigests),
  refusalParts: memoryDocuments(storedRefusalParts),
  secretBooks: memoryDocuments(storedSecretBooks),
  endpoints: memoryDocuments(storedEndpoints),
  deliveries: memoryDocuments(storedDeliveries),
  queues: memoryDocuments(storedQueues),
});
