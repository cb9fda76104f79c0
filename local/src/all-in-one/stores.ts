import type { AuthOptions } from '@vox/auth/service';
import { memoryKeyRings, memoryTenants } from '@vox/auth/twins';
import type { ComplianceOptions } from '@vox/compliance/service';
import {
  memoryAuditLog,
  memoryAuditMarks,
  memoryConsents,
  memoryKeys,
  memoryPrivacy,
  memoryRetention,
  memoryTranscripts,
} from '@vox/compliance/twins';
import type { QuotaOptions } from '@vox/quota/service';
import { memoryBudgets, memoryRequests } from '@vox/quota/twins';
import type { BrokerOptions } from '@vox/session-broker/service';
import { memorySessions, memorySlots } from '@vox/session-broker/twins';

/** The stores of all services. */
export type Stores = Pick<AuthOptions, 'tenants' | 'keyRings'> &
  Pick<QuotaOptions, 'budgets' | 'requests'> &
  Pick<BrokerOptions, 'slots' | 'sessions'> &
  Pick<
    ComplianceOptions,
    | 'auditLog'
    | 'auditMarks'
    | 'consents'
    | 'tenantKeys'
    | 'subjects'
    | 'receiptKeys'
    | 'calls'
    | 'transcripts'
    | 'utterances'
    | 'sweeps'
    | 'retentionReceipts'
    | 'holds'
    | 'securityEvents'
    | 'privacyRequests'
    | 'exportParts'
    | 'ledger'
  >;

/** Stores that last as long as the process. */
export const memoryStores = (): Stores => ({
  tenants: memoryTenants(),
  keyRings: memoryKeyRings(),
  budgets: memoryBudgets(),
  requests: memoryRequests(),
  slots: memorySlots(),
  sessions: memorySessions(),
  auditLog: memoryAuditLog(),
  consents: memoryConsents(),
  auditMarks: memoryAuditMarks(),
  ...memoryKeys(),
  ...memoryRetention(),
  ...memoryPrivacy(),
  ...memoryTranscripts(),
});
