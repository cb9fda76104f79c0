import { busSettings, storeSettings } from '@vox/shared/config';
import { configured } from '@vox/shared/lifecycle';
import { z } from 'zod';
import { readBooks, verifyBooks } from './mod.ts';

const { MONGODB_URI } = storeSettings('');
const { NATS_URL, NATS_NKEY_SEED } = busSettings;
const schema = z.object({
  NATS_URL,
  NATS_NKEY_SEED,
  MONGODB_URI,
  QUOTA_DATABASE: z.string().default('vox_quota'),
  SESSION_BROKER_DATABASE: z.string().default('vox_session_broker'),
});
const settings = configured('verify-books', { schema, rules: [] }, process.env, process.argv);
const books = await readBooks({
  natsServers: settings.NATS_URL,
  nkeySeed: settings.NATS_NKEY_SEED,
  mongoUri: settings.MONGODB_URI,
  quotaDatabase: settings.QUOTA_DATABASE,
  brokerDatabase: settings.SESSION_BROKER_DATABASE,
});
const findings = verifyBooks(books);
for (const finding of findings) process.stdout.write(`${finding}\n`);
process.stdout.write(
  `${books.budgets.size} budgets, ${books.requests.size} requests, ${books.sessions.size} sessions, ${books.told.length} facts: ${findings.length} findings\n`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
