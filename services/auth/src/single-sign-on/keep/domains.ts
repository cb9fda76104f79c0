import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';

/** Whose a mail domain is, by domain. A domain is one tenant's only. */
export type ProvedDomain = Readonly<{ tenantId: string; provedAtMs: number }>;
export type ProvedDomains = DocumentStore<ProvedDomain>;

export const storedProvedDomains: StoredKind<ProvedDomain> = {
  collection: 'single_sign_on_domains',
  schema: z.object({ tenantId: z.string(), provedAtMs: z.number().int() }),
};
