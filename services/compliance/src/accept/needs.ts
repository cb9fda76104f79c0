import type { Bus, Replica } from '@vox/shared/bus';
import type { Policy } from '@vox/shared/contracts';
import type { Log } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import type { AuditLog } from '../keep/audit-log.ts';
import type { AuditMarks } from '../keep/audit-marks.ts';
import type { ConsentCells } from '../keep/consents.ts';
import type { KeyStores } from '../keep/keys.ts';
import type { MasterKeys } from '../keep/master-keys.ts';
import type { PrivacyStores } from '../keep/privacy-requests.ts';
import type { RetentionStores } from '../keep/retention.ts';
import type { SecurityEvents } from '../keep/security-events.ts';
import type { TranscriptStores } from '../keep/transcript-stores.ts';
import type { Authority } from './authority.ts';
import type { KeyRing } from './key-ring.ts';
import type { Receipts } from './receipts.ts';
import type { Vault } from './vault.ts';

/** What the handlers of this service work with. */
export type Needs = KeyStores &
  TranscriptStores &
  RetentionStores &
  PrivacyStores &
  Readonly<{
    bus: Bus;
    policies: Pick<Replica<Policy>, 'get' | 'current'>;
    auditLog: AuditLog;
    auditMarks: AuditMarks;
    authority: Authority;
    consents: ConsentCells;
    securityEvents: SecurityEvents;
    masterKeys: MasterKeys;
    ring: KeyRing;
    vault: Vault;
    receipts: Receipts;
    /** What is said is still taken so long after the end of its call. */
    graceMs: number;
    clock: Clock;
    uuid: () => string;
    random: (size: number) => Uint8Array;
    log: Log;
  }>;
