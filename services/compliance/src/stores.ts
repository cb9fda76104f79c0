import type { AuditLog } from './audit/keep/audit-log.ts';
import type { AuditMarks } from './audit/keep/checkpoint-places.ts';
import type { SecurityEvents } from './audit/keep/security-events.ts';
import type { ConsentCells } from './consent/keep/consents.ts';
import type { PrivacyStores } from './requests/keep/privacy-requests.ts';
import type { RetentionStores } from './retention/keep/retention.ts';
import type { TranscriptStores } from './transcripts/keep/transcript-stores.ts';
import type { KeyStores } from './vault/keep/subjects.ts';

/** Everything that compliance keeps. */
export type Stores = KeyStores &
  TranscriptStores &
  RetentionStores &
  PrivacyStores &
  Readonly<{
    auditLog: AuditLog;
    auditMarks: AuditMarks;
    consents: ConsentCells;
    securityEvents: SecurityEvents;
  }>;
