import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { mongoAuditLog } from './audit/keep/audit-log-mongo.ts';
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
import { mongoTranscripts } from './transcripts/keep/mongo-transcripts.ts';
import { type KeyStores, receiptKeyCells, subjectCells, tenantKeyCells } from './vault/keep/subjects.ts';

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
  sweeps: await mongoDocuments(db, sweepDocuments),
  retentionReceipts: await mongoDocuments(db, retentionReceiptDocuments),
  holds: await mongoDocuments(db, holdCells),
  securityEvents: await mongoDocuments(db, securityEventCells),
});

export const mongoPrivacy = async ({ db }: MongoStore): Promise<PrivacyStores> => ({
  privacyRequests: await mongoDocuments(db, privacyRequestDocuments),
  exportParts: await mongoDocuments(db, exportPartDocuments),
  ledger: await mongoDocuments(db, ledgerDocuments),
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
