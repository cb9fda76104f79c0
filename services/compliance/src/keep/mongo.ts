import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { mongoAuditLog } from './audit-log-mongo.ts';
import { type AuditMarks, auditMarkCells } from './audit-marks.ts';
import { type ConsentCells, consentCells } from './consents.ts';
import { type KeyStores, receiptKeyCells, subjectCells, tenantKeyCells } from './keys.ts';
import { mongoTranscripts } from './mongo-transcripts.ts';
import { exportPartCells, ledgerCells, type PrivacyStores, privacyRequestCells } from './privacy-requests.ts';
import { holdCells, type RetentionStores, retentionReceiptCells, sweepCells } from './retention.ts';
import { type SecurityEvents, securityEventCells } from './security-events.ts';
import type { Stores } from './stores.ts';

export { mongoAuditLog, mongoTranscripts };

export const mongoAuditMarks = ({ db }: MongoStore): Promise<AuditMarks> => mongoDocuments(db, auditMarkCells);

/** Keys stand in a database of their own. */
export const mongoKeys = async ({ db }: MongoStore): Promise<KeyStores> => ({
  tenantKeys: await mongoDocuments(db, tenantKeyCells),
  subjects: await mongoDocuments(db, subjectCells),
  receiptKeys: await mongoDocuments(db, receiptKeyCells),
});

export const mongoConsents = ({ db }: MongoStore): Promise<ConsentCells> => mongoDocuments(db, consentCells);

export const mongoRetention = async ({
  db,
}: MongoStore): Promise<RetentionStores & { securityEvents: SecurityEvents }> => ({
  sweeps: await mongoDocuments(db, sweepCells),
  retentionReceipts: await mongoDocuments(db, retentionReceiptCells),
  holds: await mongoDocuments(db, holdCells),
  securityEvents: await mongoDocuments(db, securityEventCells),
});

export const mongoPrivacy = async ({ db }: MongoStore): Promise<PrivacyStores> => ({
  privacyRequests: await mongoDocuments(db, privacyRequestCells),
  exportParts: await mongoDocuments(db, exportPartCells),
  ledger: await mongoDocuments(db, ledgerCells),
});

/** Everything that compliance keeps. `keys` is a database of its own, for a copy of the other must not bring back a destroyed key. */
export const mongoStores = async (store: MongoStore, keys: MongoStore): Promise<Stores> => ({
  auditLog: await mongoAuditLog(store),
  auditMarks: await mongoAuditMarks(store),
  consents: await mongoConsents(store),
  ...(await mongoKeys(keys)),
  ...(await mongoTranscripts(store)),
  ...(await mongoRetention(store)),
  ...(await mongoPrivacy(store)),
});
