import { type MongoStore, mongoDocuments } from '@vox/platform/store';
import { mongoAuditLog } from './audit/keep/audit-log-mongo.ts';
import type { AuditStores } from './audit/keep/audit-stores.ts';
import { type CheckpointPlaces, checkpointPlaceDocuments } from './audit/keep/checkpoint-places.ts';
import { securityEventDocuments } from './audit/keep/security-events.ts';
import { mongoConsents } from './consent/keep/mongo-consents.ts';
import { holdDocuments } from './holds/keep/holds.ts';
import { type IncidentStores, incidentDocuments, signalHourDocuments } from './incidents/keep/incidents.ts';
import {
  erasureDocuments,
  exportPartDocuments,
  type PrivacyStores,
  privacyRequestDocuments,
} from './requests/keep/privacy-requests.ts';
import { type RetentionStores, retentionReceiptDocuments, sweepDocuments } from './retention/keep/retention.ts';
import type { Stores } from './stores.ts';
import { mongoTranscripts } from './transcripts/keep/mongo-transcripts.ts';
import { receiptKeyDocuments } from './vault/keep/receipt-keys.ts';
import { subjectDocuments } from './vault/keep/subjects.ts';
import { tenantKeyDocuments } from './vault/keep/tenant-keys.ts';
import type { VaultStores } from './vault/keep/vault-stores.ts';

export { mongoAuditLog, mongoConsents, mongoTranscripts };

export const mongoCheckpointPlaces = ({ db }: MongoStore): Promise<CheckpointPlaces> =>
  mongoDocuments(db, checkpointPlaceDocuments);

const mongoAudit = async (store: MongoStore): Promise<AuditStores> => ({
  auditLog: await mongoAuditLog(store),
  checkpointPlaces: await mongoCheckpointPlaces(store),
  securityEvents: await mongoDocuments(store.db, securityEventDocuments),
});

const mongoKeys = async ({ db }: MongoStore): Promise<VaultStores> => ({
  tenantKeys: await mongoDocuments(db, tenantKeyDocuments),
  subjects: await mongoDocuments(db, subjectDocuments),
  receiptKeys: await mongoDocuments(db, receiptKeyDocuments),
});

const mongoRetention = async ({ db }: MongoStore): Promise<RetentionStores> => ({
  sweeps: await mongoDocuments(db, sweepDocuments),
  retentionReceipts: await mongoDocuments(db, retentionReceiptDocuments),
});

const mongoPrivacy = async ({ db }: MongoStore): Promise<PrivacyStores> => ({
  privacyRequests: await mongoDocuments(db, privacyRequestDocuments),
  exportParts: await mongoDocuments(db, exportPartDocuments),
  erasures: await mongoDocuments(db, erasureDocuments),
});

const mongoIncidents = async ({ db }: MongoStore): Promise<IncidentStores> => ({
  incidents: await mongoDocuments(db, incidentDocuments),
  signalHours: await mongoDocuments(db, signalHourDocuments),
});

/**
 * Everything that compliance keeps. `keys` is a database of its own: a copy of the other must not bring back a key that
 * was destroyed.
 */
export const mongoStores = async (store: MongoStore, keys: MongoStore): Promise<Stores> => ({
  ...(await mongoAudit(store)),
  ...(await mongoKeys(keys)),
  ...(await mongoTranscripts(store)),
  ...(await mongoRetention(store)),
  ...(await mongoPrivacy(store)),
  ...(await mongoIncidents(store)),
  consents: await mongoConsents(store),
  holds: await mongoDocuments(store.db, holdDocuments),
});
