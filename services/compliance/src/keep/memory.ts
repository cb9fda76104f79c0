import { type MemoryDocumentsOptions, memoryDocuments } from '@vox/platform/store';
import { memoryAuditLog } from './audit-log-memory.ts';
import { type AuditMarks, auditMarkCells } from './audit-marks.ts';
import { type ConsentCells, consentCells } from './consents.ts';
import { type KeyStores, receiptKeyCells, subjectCells, tenantKeyCells } from './keys.ts';
import { memoryTranscripts } from './memory-transcripts.ts';
import { exportPartCells, ledgerCells, type PrivacyStores, privacyRequestCells } from './privacy-requests.ts';
import { holdCells, type RetentionStores, retentionReceiptCells, sweepCells } from './retention.ts';
import { type SecurityEvents, securityEventCells } from './security-events.ts';
import type { Stores } from './stores.ts';

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
  sweeps: memoryDocuments(sweepCells, options),
  retentionReceipts: memoryDocuments(retentionReceiptCells, options),
  holds: memoryDocuments(holdCells, options),
  securityEvents: memoryDocuments(securityEventCells, options),
});

export const memoryPrivacy = (options?: MemoryDocumentsOptions): PrivacyStores => ({
  privacyRequests: memoryDocuments(privacyRequestCells, options),
  exportParts: memoryDocuments(exportPartCells, options),
  ledger: memoryDocuments(ledgerCells, options),
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
