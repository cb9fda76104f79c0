import { type MemoryCellsOptions, memoryCells } from '@vox/platform/store';
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

export const memoryAuditMarks = (options?: MemoryCellsOptions): AuditMarks => memoryCells(auditMarkCells, options);

export const memoryKeys = (options?: MemoryCellsOptions): KeyStores => ({
  tenantKeys: memoryCells(tenantKeyCells, options),
  subjects: memoryCells(subjectCells, options),
  receiptKeys: memoryCells(receiptKeyCells, options),
});

export const memoryConsents = (options?: MemoryCellsOptions): ConsentCells => memoryCells(consentCells, options);

export const memoryRetention = (
  options?: MemoryCellsOptions,
): RetentionStores & { securityEvents: SecurityEvents } => ({
  sweeps: memoryCells(sweepCells, options),
  retentionReceipts: memoryCells(retentionReceiptCells, options),
  holds: memoryCells(holdCells, options),
  securityEvents: memoryCells(securityEventCells, options),
});

export const memoryPrivacy = (options?: MemoryCellsOptions): PrivacyStores => ({
  privacyRequests: memoryCells(privacyRequestCells, options),
  exportParts: memoryCells(exportPartCells, options),
  ledger: memoryCells(ledgerCells, options),
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
