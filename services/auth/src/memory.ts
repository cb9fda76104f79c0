import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Agents, agentCells } from './agents/keep/agents.ts';
import { type KeyRings, keyRingCells } from './signing-keys/keep.ts';
import { type Tenants, tenantCells } from './tenants/keep.ts';

export const memoryTenants = (options?: MemoryDocumentsOptions): Tenants => memoryDocuments(tenantCells, options);
export const memoryKeyRings = (options?: MemoryDocumentsOptions): KeyRings => memoryDocuments(keyRingCells, options);
export const memoryAgents = (options?: MemoryDocumentsOptions): Agents => memoryDocuments(agentCells, options);
