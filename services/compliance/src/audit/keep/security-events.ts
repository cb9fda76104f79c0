import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';

/** What a door refused or flagged, as its fact says it, by `securityEventKey`. It names no person. */
export type SecurityEvent = Readonly<{ tenantId: string; factId: string; type: string; atMs: number; data: string }>;
export type SecurityEvents = DocumentStore<SecurityEvent>;

export const securityEventKey = (tenantId: string, factId: string): string => `${tenantId}/${factId}`;
export const securityEventTag = (tenantId: string): string => `tenant:${tenantId}`;

export const securityEventDocuments: StoredKind<SecurityEvent> = {
  collection: 'security_events',
  schema: z.object({
    tenantId: z.string(),
    factId: z.string(),
    type: z.string(),
    atMs: z.number().int(),
    data: z.string(),
  }),
  dueAtMs: ({ atMs }) => atMs,
  listsDueByTag: true,
  tags: ({ tenantId }) => [securityEventTag(tenantId)],
};
