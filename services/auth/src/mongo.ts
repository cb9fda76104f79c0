import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { type Agents, agentCells } from './agents/keep/agents.ts';
import { type KeyRings, keyRingCells } from './signing-keys/keep.ts';
import { type Tenants, tenantCells } from './tenants/keep.ts';

export const mongoTenants = ({ db }: MongoStore): Promise<Tenants> => mongoDocuments(db, tenantCells);
export const mongoKeyRings = ({ db }: MongoStore): Promise<KeyRings> => mongoDocuments(db, keyRingCells);
export const mongoAgents = ({ db }: MongoStore): Promise<Agents> => mongoDocuments(db, agentCells);
