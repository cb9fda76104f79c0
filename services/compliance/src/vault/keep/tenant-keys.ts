import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { TenantKeys } from '../decide/keys.ts';

/** Keys of tenants, by tenant. */
export type TenantKeyStore = DocumentStore<TenantKeys>;

export const WrappedRow = z.object({ kid: z.string(), sealed: z.string() });

export const tenantKeyDocuments: StoredKind<TenantKeys> = {
  collection: 'tenant_keys',
  schema: z.object({ data: WrappedRow, index: WrappedRow }),
};
