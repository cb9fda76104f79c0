import { mongoServer, testStores } from '@vox/testing';
import { afterAll, describe } from 'vitest';
import { auditLogPromises } from './audit/keep/audit-log.promises.ts';
import { consentPromises } from './consent/keep/consents.promises.ts';
import { mongoAuditLog, mongoConsents, mongoTranscripts } from './mongo.ts';
import { callPromises } from './transcripts/keep/calls.promises.ts';
import { transcriptPromises } from './transcripts/keep/transcripts.promises.ts';

const server = await mongoServer(process.env);
const stores = testStores(server?.url ?? '');
afterAll(async () => {
  await stores.close();
  await server?.stop();
});

describe.skipIf(server === undefined)('MongoDB', () => {
  auditLogPromises('the MongoDB log', async (copies) => {
    const opened = await stores.open(copies);
    return Promise.all(opened.map(mongoAuditLog));
  });
  consentPromises('MongoDB', async (copies) => {
    const opened = await stores.open(copies);
    return Promise.all(opened.map(mongoConsents));
  });
  callPromises('MongoDB', async (copies) => {
    const opened = await stores.open(copies);
    return Promise.all(opened.map(async (store) => (await mongoTranscripts(store)).calls));
  });
  transcriptPromises('MongoDB', async (copies) => {
    const opened = await stores.open(copies);
    return Promise.all(opened.map(mongoTranscripts));
  });
});
