import { mongoServer, testStores } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { holdGeneration } from './generation.ts';
import type { MongoStore } from './mongo-connection.ts';

const server = await mongoServer(process.env);
const stores = testStores(server?.url ?? '');
afterAll(async () => {
  await stores.close();
  await server?.stop();
}, 60_000);

/** Copies on a database that a release has written. */
async function written(generation: number, version: string) {
  const copies = await stores.open(2);
  const [{ db }] = copies as [MongoStore];
  await holdGeneration(db, generation, version);
  const mark = () => db.collection<{ _id: string }>('schema').findOne({ _id: 'schema' });
  return { db, copies, mark };
}

describe.skipIf(server === undefined)('a release that starts on a database', () => {
  it('refuses one that a newer release has written in another way, and says what to do', async () => {
    const { db, mark } = await written(2, '1.0.0');
    await expect(holdGeneration(db, 1, '0.9.0')).rejects.toThrow(
      /^VOX 1\.0\.0 has written the database vox_test_\w+ in a way that VOX 0\.9\.0 would misread: run that release/,
    );
    expect(await mark()).toMatchObject({ generation: 2, version: '1.0.0' });
  });
  it('takes one of its own generation, and keeps the release that wrote it first', async () => {
    const { db, mark } = await written(1, '0.9.0');
    await holdGeneration(db, 1, '0.9.7');
    await holdGeneration(db, 1, '0.8.0');
    expect(await mark()).toMatchObject({ generation: 1, version: '0.9.0' });
  });
  it('raises an older one, once, however many copies start together', async () => {
    const { copies, mark } = await written(1, '0.9.0');
    await Promise.all(
      copies.flatMap(({ db }) =>
        [2, 3, 2, 3].map((each) => holdGeneration(db, each, `${each}.0.0`).catch(() => undefined)),
      ),
    );
    expect(await mark()).toMatchObject({ generation: 3, version: '3.0.0' });
  });
  it('marks an empty one, once, however many copies start together', async () => {
    const copies = await stores.open(4);
    await Promise.all(copies.map(({ db }) => holdGeneration(db, 1, '0.9.0')));
    const [{ db }] = copies as [MongoStore];
    expect(await db.collection('schema').countDocuments()).toBe(1);
  });
});
