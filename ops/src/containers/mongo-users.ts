import { storeSettings } from '@vox/platform/config';
import { configured } from '@vox/platform/lifecycle';
import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { storeUsers } from '../stores/store-users.ts';
import { makeStoreUsersIn } from './make-store-users-in.ts';

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
const client = new MongoClient(uri, { ...(ca !== undefined && { tls: true, ca }), serverSelectionTimeoutMS: 10_000 });
try {
  await makeStoreUsersIn(client, folder);
  process.stdout.write(`users of MongoDB: ${Object.keys(storeUsers).join(', ')}\n`);
} finally {
  await client.close();
}
