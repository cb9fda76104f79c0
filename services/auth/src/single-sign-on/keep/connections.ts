import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { storedStamp } from '../../tenants/mod.ts';
import type { Connection } from '../decide/connection.ts';

/** Connections by tenant. */
export type Connections = DocumentStore<Connection>;

const ms = z.number().int();
const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['changed', 'removed']), dropped: z.array(z.string()) }),
  z.object({ kind: z.literal('proved'), domain: z.string() }),
]);

export const storedConnections: StoredKind<Connection> = {
  collection: 'single_sign_on',
  schema: z.object({
    tenantId: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    sealed: z.string(),
    isRequired: z.boolean(),
    secondFactor: z.enum(['asked', 'left-to-provider']),
    domains: z.array(z.object({ domain: z.string(), token: z.string(), provedAtMs: ms.nullable() })),
    isRemoved: z.boolean(),
    untold: z.array(
      z.object({
        ...storedStamp,
        what: Event,
      }),
    ),
  }),
  dueAtMs: ({ untold }) => untold[0]?.atMs,
};
