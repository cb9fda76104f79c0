import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { memoryAuditLog } from './audit/keep/audit-log-memory.ts';
import { type AuditMarks, auditMarkCells } from './audit/keep/checkpoint-places.ts';
import { type SecurityEvents, securityEventCells } from './audit/keep/security-events.ts';
import { type ConsentCells, consentCells } from './consent/keep/consents.ts';
import {
  exportPartDocuments,
  ledgerDocuments,
  type PrivacyStores,
  privacyRequestDocuments,
} from './requests/keep/privacy-requests.ts';
import {
  holdCells,
  type RetentionStores,
  retentionReceiptDocuments,
  sweepDocuments,
} from './retention/keep/retention.ts';
import type { Stores } from './stores.ts';
import { memoryTranscripts } from './transcripts/keep/memory-transcripts.ts';
import { type KeyStores, receiptKeyCells, subjectCells, tenantKeyCells } from './vault/keep/subjects.ts';

export { memoryAuditLog, memoryTranscripts };

export const memoryAuditMarks = (options?: MemoryDocumentsOptions): AuditMarks =>
  memoryDocuments(auditMarkCells, options);

export const memoryKeys = (options?: MemoryDocumentsOptions): KeyStores => ({
  tenantKeys: memoryDocuments(tenantKeyCells, options),
  subjects: memoryDocuments(subjectCells, options),
  receiptKeys: memoryDocuments(receiptKeyCells, options),
});

export const memoryConsents = (options?: MemoryDocumentsOptions): ConsentCells =>
  memoryDocuments(consentCells, options);

export const memoryRetention = (
  options?: MemoryDocumentsOptions,
): RetentionStores & { securityEvents: SecurityEvents } => ({
  sweeps: memoryDocuments(sweepDocuments, options),
  retentionReceipts: memoryDocuments(retentionReceiptDocuments, options),
  holds: memoryDocuments(holdCells, options),
  securityEvents: memoryDocuments(securityEventCells, options),
});

export const memoryPrivacy = (options?: MemoryDocumentsOptions): PrivacyStores => ({
  privacyRequests: memoryDocuments(privacyRequestDocuments, options),
  exportParts: memoryDocuments(exportPartDocuments, options),
  ledger: memoryDocuments(ledgerDocuments, options),
});

/** Everything that compliance keeps, for as long as the process lasts. */
export const memoryStores = (): Stores => ({
  auditLog: memoryAuditLog(),
  auditMarks: memoryAuditMarks(),
  consents: memoryConsents(),
  ...memoryKeys(),
  ...memoryTranscripts(),
  ...memoryRetention(),
  ...memoryPrivacy(),
});
