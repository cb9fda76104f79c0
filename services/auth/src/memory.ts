import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Agents, storedAgents } from './agents/keep/agents.ts';
import { storedKeyAges } from './key-ages/keep/key-ages.ts';
import { storedKeyDays } from './key-ages/keep/key-days.ts';
import { storedDigests, storedRefusalParts } from './refusal-digests/keep/digests.ts';
import { type KeyRings, storedKeyRings } from './signing-keys/keep.ts';
import type { Stores } from './stores.ts';
import { storedTenants, type Tenants } from './tenants/keep.ts';
import { storedDeliveries } from './webhooks/keep/deliveries.ts';
import { storedEndpoints } from './webhooks/keep/endpoints.ts';
import { storedQueues } from './webhooks/keep/queues.ts';

export const memoryTenants = (options?: MemoryDocumentsOptions): Tenants => memoryDocuments(storedTenants, options);
export const memoryAgents = (options?: MemoryDocumentsOptions): Agents => memoryDocuments(storedAgents, options);
export const memoryKeyRings = (options?: MemoryDocumentsOptions): KeyRings => memoryDocuments(storedKeyRings, options);

/** Everything that auth keeps, for as long as the process lasts. */
export const memoryStores = (): Stores => ({
  tenants: memoryTenants(),
  agents: memoryAgents(),
  keyRings: memoryKeyRings(),
  keyAges: memoryDocuments(storedKeyAges),
  keyDays: memoryDocuments(storedKeyDays),
  digests: memoryDocuments(storedDigests),
  refusalParts: memoryDocuments(storedRefusalParts),
  endpoints: memoryDocuments(storedEndpoints),
  deliveries: memoryDocuments(storedDeliveries),
  queues: memoryDocuments(storedQueues),
});
