import type { AuditLog } from './audit-log.ts';
import type { AuditMarks } from './audit-marks.ts';
import type { ConsentCells } from './consents.ts';
import type { KeyStores } from './keys.ts';
import type { PrivacyStores } from './privacy-requests.ts';
import type { RetentionStores } from './retention.ts';
import type { SecurityEvents } from './security-events.ts';
import type { TranscriptStores } from './transcript-stores.ts';

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
