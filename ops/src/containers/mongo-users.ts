import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeSettings } from '@vox/platform/config';
import { configured } from '@vox/platform/lifecycle';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { makeStoreUsers, storeUsers } from '../stores/store-users.ts';

// Makes the users of MongoDB, or gives them their passwords and roles again. The folder holds <user>.mongodb-password.
const { MONGODB_URI, MONGODB_CA } = storeSettings('');
const schema = z.object({
  MONGODB_URI: MONGODB_URI.describe('with a user who may manage users'),
  MONGODB_CA,
  SECRETS_FOLDER: z.string().default('/secrets'),
});
const {
  MONGODB_URI: uri,
  MONGODB_CA: ca,
  SECRETS_FOLDER: folder,
} = configured('mongo-users', { schema, rules: [] }, process.env, process.argv);
const passwords = Object.fromEntries(
  Object.keys(storeUsers).map((user) => [user, readFileSync(join(folder, `${user}.mongodb-password`), 'utf8')]),
);
const client = new MongoClient(uri, { ...(ca !== undefined && { tls: true, ca }), serverSelectionTimeoutMS: 10_000 });
try {
  await makeStoreUsers(client, passwords);
  process.stdout.write(`users of MongoDB: ${Object.keys(storeUsers).join(', ')}\n`);
} finally {
  await client.close();
}
