import { makeSecrets } from './make-secrets.ts';

const [folder = '/secrets', serversFolder = '/servers'] = process.argv.slice(2);
await makeSecrets({
  folder,
  serversFolder,
  providerKey: process.env.OPENAI_API_KEY,
  alertReceivers: { pager: process.env.PAGER_URL, tickets: process.env.TICKETS_URL },
  mongoTls: process.env.MONGO_TLS !== 'false',
  natsSyncAlways: process.env.NATS_SYNC_ALWAYS === 'true',
  nowMs: Date.now(),
});
