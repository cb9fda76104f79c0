import { type MongoStore, mongoCells } from '@vox/platform/store';
import { type Agents, agentCells } from './agents.ts';
import { type KeyRings, keyRingCells } from './key-rings.ts';
import { type Tenants, tenantCells } from './tenants.ts';

export const mongoTenants = ({ db }: MongoStore): Promise<Tenants> => mongoCells(db, tenantCells);
export const mongoKeyRings = ({ db }: MongoStore): Promise<KeyRings> => mongoCells(db, keyRingCells);
export const mongoAgents = ({ db }: MongoStore): Promise<Agents> => mongoCells(db, agentCells);
