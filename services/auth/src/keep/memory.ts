import { type MemoryCellsOptions, memoryCells } from '@vox/platform/store';
import { type Agents, agentCells } from './agents.ts';
import { type KeyRings, keyRingCells } from './key-rings.ts';
import { type Tenants, tenantCells } from './tenants.ts';

export const memoryTenants = (options?: MemoryCellsOptions): Tenants => memoryCells(tenantCells, options);
export const memoryKeyRings = (options?: MemoryCellsOptions): KeyRings => memoryCells(keyRingCells, options);
export const memoryAgents = (options?: MemoryCellsOptions): Agents => memoryCells(agentCells, options);
