import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { memoryAuditLog } from './audit/keep/audit-log-memory.ts';
import type { AuditStores } from './audit/keep/audit-stores.ts';
import { type CheckpointPlaces, checkpointPlaceDocuments } from './audit/keep/checkpoint-places.ts';
import { type SecurityEvents, securityEventDocuments } from './audit/keep/security-events.ts';
import { memoryConsents } from './consent/keep/memory-consents.ts';
import { type Holds, holdDocuments } from './holds/keep/holds.ts';
import { type IncidentStores, incidentDocuments, signalHourDocuments } from './incidents/keep/incidents.ts';
import {
  erasureDocuments,
  exportPartDocuments,
  type PrivacyStores,
  privacyRequestDocuments,
} from './requests/keep/privacy-requests.ts';
import { type RetentionStores, retentionReceiptDocuments, sweepDocuments } from './retention/keep/retention.ts';
import type { Stores } from './stores.ts';
import { memoryTranscripts } from './transcripts/keep/memory-transcripts.ts';
import { receiptKeyDocuments } from './vault/keep/receipt-keys.ts';
import { subjectDocuments } from './vault/keep/subjects.ts';
import { tenantKeyDocuments } from './vault/keep/tenant-keys.ts';
import type { VaultStores } from './vault/keep/vault-stores.ts';

export { memoryAuditLog, memoryConsents, memoryTranscripts };

export const memoryCheckpointPlaces = (options?: MemoryDocumentsOptions): CheckpointPlaces =>
  memoryDocuments(checkpointPlaceDocuments, options);

export const memorySecurityEvents = (options?: MemoryDocumentsOptions): SecurityEvents =>
  memoryDocuments(securityEventDocuments, options);

const memoryAudit = (): AuditStores => ({
  auditLog: memoryAuditLog(),
  checkpointPlaces: memoryCheckpointPlaces(),
  securityEvents: memorySecurityEvents(),
});

export const memoryKeys = (options?: MemoryDocumentsOptions): VaultStores => ({
  tenantKeys: memoryDocuments(tenantKeyDocuments, options),
  subjects: memoryDocuments(subjectDocuments, options),
  receiptKeys: memoryDocuments(receiptKeyDocuments, options),
});

export const memoryHolds = (options?: MemoryDocumentsOptions): Holds => memoryDocuments(holdDocuments, options);

export const memoryRetention = (options?: MemoryDocumentsOptions): RetentionStores => ({
  sweeps: memoryDocuments(sweepDocuments, options),
  retentionReceipts: memoryDocuments(retentionReceiptDocuments, options),
});

export const memoryPrivacy = (options?: MemoryDocumentsOptions): PrivacyStores => ({
  privacyRequests: memoryDocuments(privacyRequestDocuments, options),
  exportParts: memoryDocuments(exportPartDocuments, options),
  erasures: memoryDocuments(erasureDocuments, options),
});

export const memoryIncidents = (options?: MemoryDocumentsOptions): IncidentStores => ({
  incidents: memoryDocuments(incidentDocuments, options),
  signalHours: memoryDocuments(signalHourDocuments, options),
});

/** Everything that compliance keeps, for as long as the process lasts. */
export const memoryStores = (): Stores => ({
  ...memoryAudit(),
  ...memoryKeys(),
  ...memoryTranscripts(),
  ...memoryRetention(),
  ...memoryPrivacy(),
  ...memoryIncidents(),
  consents: memoryConsents(),
  holds: memoryHolds(),
});
