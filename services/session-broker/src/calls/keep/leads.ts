import { ProviderId, TenantId } from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';

/**
 * A call that was about to be made, or was made, for a session: what leads to it after a crash. It names nobody. The
 * session itself says whether the call became its own.
 */
export type Lead = Readonly<{
  tenantId: string;
  sessionId: string;
  /** Who makes the call. Unset means the standard provider. */
  provider?: string | undefined;
  callId?: string | undefined;
  lookAtMs: number;
}>;
/** Leads by an id of their own: a session may have several, when its request came again. */
export type Leads = DocumentStore<Lead>;

export const leadDocuments: StoredKind<Lead> = {
  collection: 'leads',
  schema: z.object({
    tenantId: TenantId,
    sessionId: z.uuid(),
    provider: ProviderId.optional(),
    callId: z.string().optional(),
    lookAtMs: z.number().int(),
  }),
  dueAtMs: ({ lookAtMs }) => lookAtMs,
};
