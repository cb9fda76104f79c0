import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Agents, storedAgents } from './agents/keep/agents.ts';
import { type PolicyVersions, storedPolicyVersions } from './policy-versions/keep.ts';
import { type KeyRings, storedKeyRings } from './signing-keys/keep.ts';
import type { Stores } from './stores.ts';
import { storedTenants, type Tenants } from './tenants/keep.ts';

export const memoryTenants = (options?: MemoryDocumentsOptions): Tenants => memoryDocuments(storedTenants, options);
export const memoryAgents = (options?: MemoryDocumentsOptions): Agents => memoryDocuments(storedAgents, options);
export const memoryPolicyVersions = (options?: MemoryDocumentsOptions): PolicyVersions =>
  memoryDocuments(storedPolicyVersions, options);
export const memoryKeyRings = (options?: MemoryDocumentsOptions): KeyRings => memoryDocuments(storedKeyRings, options);

/** Everything that auth keeps, for as long as the process lasts. */
export const memoryStores = (): Stores => ({
  tenants: memoryTenants(),
  policyVersions: memoryPolicyVersions(),
  agents: memoryAgents(),
  keyRings: memoryKeyRings(),
});
