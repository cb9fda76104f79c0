import type { AuditStores } from './audit/keep/audit-stores.ts';
import type { ConsentStore } from './consent/keep/consents.ts';
import type { Holds } from './holds/keep/holds.ts';
import type { IncidentStores } from './incidents/keep/incidents.ts';
import type { PrivacyStores } from './requests/keep/privacy-requests.ts';
import type { RetentionStores } from './retention/keep/retention.ts';
import type { TranscriptStores } from './transcripts/keep/transcript-stores.ts';
import type { VaultStores } from './vault/keep/vault-stores.ts';

/** Everything that compliance keeps. */
export type Stores = VaultStores &
  AuditStores &
  TranscriptStores &
  RetentionStores &
  PrivacyStores &
  IncidentStores &
  Readonly<{ consents: ConsentStore; holds: Holds }>;
