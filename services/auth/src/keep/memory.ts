import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { type Agents, agentCells } from './agents.ts';
import { type KeyRings, keyRingCells } from './key-rings.ts';
import { type Tenants, tenantCells } from './tenants.ts';

export const memoryTenants = (options?: MemoryDocumentsOptions): Tenants => memoryDocuments(tenantCells, options);
export const memoryKeyRings = (options?: MemoryDocumentsOptions): KeyRings => memoryDocuments(keyRingCells, options);
export const memoryAgents = (options?: MemoryDocumentsOptions): Agents => memoryDocuments(agentCells, options);
