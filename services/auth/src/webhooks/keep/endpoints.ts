import { WebhookEventType } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { storedStamp } from '../../tenants/mod.ts';
import type { EndpointBook } from '../decide/endpoint.ts';

/** The endpoints of each tenant, by its id. */
export type Endpoints = DocumentStore<EndpointBook>;

const ms = z.number().int();

export const storedEndpoints: StoredKind<EndpointBook> = {
  collection: 'webhooks',
  schema: z.object({
    tenantId: z.string(),
    endpoints: z.array(
      z.object({
        endpointId: z.string(),
        url: z.string(),
        description: z.string(),
        types: z.array(WebhookEventType),
        disabledWhy: z.enum(['asked', 'gone', 'failing']).nullable(),
        createdAtMs: ms,
        enabledAtMs: ms,
        secrets: z.array(z.object({ sealed: z.string(), createdAtMs: ms, endsAtMs: ms.nullable() })).min(1),
        failingSinceMs: ms.nullable(),
      }),
    ),
    untold: z.array(
      z.object({
        ...storedStamp,
        endpointId: z.string(),
        change: z.enum(['created', 'updated', 'secret-rotated', 'removed', 'gone', 'failing']),
      }),
    ),
  }),
  dueAtMs: ({ untold }) => untold[0]?.atMs,
};
