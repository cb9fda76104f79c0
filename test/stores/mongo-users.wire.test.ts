import { storeUri, storeUsers } from '@vox/ops/store-users';
import { ensureIndex } from '@vox/platform/store';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf, securedServers } from './secured.ts';

const { servers, identities, stop } = await securedServers();
const address = `mongodb://${hostOf(servers?.mongo.url ?? 'mongodb://none')}/?directConnection=true`;
const options = { tlsCAFile: identities.files.authority, tls: true };
const databases = [...new Set(Object.values(storeUsers).flatMap((user) => user.databases))];
const strangers = [...databases, 'admin', 'local', 'config', 'vox_nobody'];
const writers = Object.entries(storeUsers).filter(([, { role }]) => role === 'readWrite');
const refused = { code: 13 };

/** Commands that would give more rights, show others, or stop the server. */
const adminCommands: readonly Record<string, unknown>[] = [
  { createUser: 'thief', pwd: 'thief', roles: ['root'] },
  { updateUser: 'quota', pwd: 'thief' },
  { grantRolesToUser: 'auth', roles: ['root'] },
  { dropUser: 'quota' },
  { createRole: 'thief', privileges: [], roles: [] },
  { usersInfo: 1 },
  { rolesInfo: 1 },
  { listDatabases: 1 },
  { serverStatus: 1 },
  { hostInfo: 1 },
  { currentOp: 1 },
  { getLog: 'global' },
  { getCmdLineOpts: 1 },
  { setParameter: 1, logLevel: 1 },
  { fsync: 1 },
  { top: 1 },
];

describe.skipIf(servers === undefined)('a user of MongoDB', () => {
  const clients = new Map<string, MongoClient>();
  const as = (user: string): MongoClient => clients.get(user) as MongoClient;
  const rowsOf = (user: string, database: string) => as(user).db(database).collection<{ _id: string }>('rows');

  beforeAll(async () => {
    const admin = await new MongoClient(servers?.mongo.url ?? '').connect();
    for (const database of databases)
      await admin.db(database).collection<{ _id: string }>('rows').insertOne({ _id: '1' });
    await admin.close();
    for (const user of Object.keys(storeUsers)) {
      const uri = storeUri(address, user, identities.passwords[user] ?? '');
      clients.set(user, await new MongoClient(uri, options).connect());
    }
  }, 60_000);
  afterAll(async () => {
    for (const client of clients.values()) await client.close();
    await stop();
  });

  it.each(writers)('%s makes collections and indexes in its own databases, and reads and writes them', async (user) => {
    for (const database of storeUsers[user]?.databases ?? []) {
      await as(user).db(database).collection('made').createIndex({ tag: 1 }, { unique: true });
      await rowsOf(user, database).insertOne({ _id: user });
      await rowsOf(user, database).replaceOne({ _id: user }, {});
      expect(await rowsOf(user, database).countDocuments()).toBe(2);
      expect((await rowsOf(user, database).deleteOne({ _id: user })).deletedCount).toBe(1);
    }
  });

  it.each(writers)(
    '%s is refused in every other database, whether it reads or writes',
    async (user, { databases: own }) => {
      for (const database of strangers.filter((each) => !own.includes(each))) {
        const rows = rowsOf(user, database);
        await expect(rows.findOne({}), `find in ${database}`).rejects.toMatchObject(refused);
        await expect(rows.insertOne({ _id: 'x' }), `insert in ${database}`).rejects.toMatchObject(refused);
        await expect(rows.deleteMany({}), `delete in ${database}`).rejects.toMatchObject(refused);
        await expect(rows.createIndex({ x: 1 }), `index in ${database}`).rejects.toMatchObject(refused);
        await expect(rows.drop(), `drop in ${database}`).rejects.toMatchObject(refused);
      }
    },
  );

  it.each(Object.keys(storeUsers))('%s is refused every command of an administrator', async (user) => {
    for (const command of adminCommands)
      await expect(as(user).db('admin').command(command), JSON.stringify(command)).rejects.toMatchObject(refused);
    for (const database of storeUsers[user]?.databases ?? []) {
      const own = as(user).db(database);
      await expect(own.dropDatabase(), database).rejects.toMatchObject(refused);
      const more = own.command({ createUser: 'thief', pwd: 'thief', roles: ['readWrite'] });
      await expect(more, database).rejects.toMatchObject(refused);
    }
  });

  it('reconcile reads what it compares, and writes nothing, nor reads a key', async () => {
    const { databases: read } = storeUsers.reconcile as { databases: readonly string[] };
    expect(read).not.toContain('vox_compliance_keys');
    for (const database of read) {
      const rows = rowsOf('reconcile', database);
      expect(await rows.countDocuments()).toBeGreaterThan(0);
      await expect(rows.insertOne({ _id: 'x' })).rejects.toMatchObject(refused);
      await expect(rows.updateMany({}, { $set: { x: 1 } })).rejects.toMatchObject(refused);
      await expect(rows.deleteMany({})).rejects.toMatchObject(refused);
      await expect(rows.createIndex({ x: 1 })).rejects.toMatchObject(refused);
    }
    await expect(rowsOf('reconcile', 'vox_compliance_keys').findOne({})).rejects.toMatchObject(refused);
  });

  it('reconcile goes on where an index is there that it may not make, and fails where it is not', async () => {
    await ensureIndex(rowsOf('quota', 'vox_quota'), { a: 1, b: -1 });
    const rows = rowsOf('reconcile', 'vox_quota');
    await ensureIndex(rows, { a: 1, b: -1 });
    await expect(ensureIndex(rows, { b: -1, a: 1 })).rejects.toMatchObject({ code: 'UNAVAILABLE', cause: refused });
    await expect(ensureIndex(rows, { a: 1 })).rejects.toMatchObject({ code: 'UNAVAILABLE', cause: refused });
  });

  it('without a name or with another user’s password is refused', async () => {
    const anonymous = new MongoClient(address, options);
    for (const database of strangers)
      await expect(anonymous.db(database).collection('rows').findOne({}), database).rejects.toThrow(/auth/i);
    await anonymous.close();
    const swapped = new MongoClient(storeUri(address, 'auth', identities.passwords.quota ?? ''), options);
    await expect(swapped.connect()).rejects.toMatchObject({ code: 18 });
    await swapped.close();
  });
});
