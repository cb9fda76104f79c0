import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { Flow } from '../decide/flow.ts';

/** Logins on their way, by the hash of their state. */
export type Flows = DocumentStore<Flow>;

export const storedFlows: StoredKind<Flow> = {
  collection: 'single_sign_on_flows',
  schema: z.object({
    ...{ tenantId: z.string(), issuer: z.string(), origin: z.string(), nonce: z.string() },
    ...{ sealed: z.string(), browserHash: z.string(), expiresAtMs: z.number().int() },
  }),
  dueAtMs: ({ expiresAtMs }) => expiresAtMs,
};
