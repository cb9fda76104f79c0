import { randomUUID } from 'node:crypto';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { eventually, mongoServer } from '@vox/testing';
import { afterAll, describe } from 'vitest';
import { mongoCodes, mongoMails } from '../mongo.ts';
import { codesPromises } from './codes.promises.ts';

const server = await mongoServer(process.env);
const opened: MongoStore[] = [];

afterAll(async () => {
  for (const store of opened) {
    await store.db.dropDatabase().catch(() => undefined);
    await store.close().catch(() => undefined);
  }
  await server?.stop();
}, 60_000);

describe.skipIf(server === undefined)('MongoDB', () => {
  codesPromises('MongoDB, from two processes', async () => {
    const database = `vox_test_${randomUUID().slice(0, 8)}`;
    const connected = async () => {
      const options = { uri: server?.url ?? '', database, appName: 'test', timeoutMs: 10_000 };
      const store = await eventually(() => connectMongo(options));
      opened.push(store);
      return { codes: await mongoCodes(store), mails: await mongoMails(store) };
    };
    return [await connected(), await connected()];
  });
});
