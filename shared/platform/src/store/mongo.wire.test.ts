import { randomUUID } from 'node:crypto';
import { mongoServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { documentsPromises } from './documents.promises.ts';
import { mongoDocuments } from './mongo.ts';
import { connectMongo, type MongoStore } from './mongo-connection.ts';

const server = await mongoServer(process.env);
const database = `vox_test_${randomUUID().slice(0, 8)}`;
const patient = async (): Promise<MongoStore> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await connectMongo({ uri: server?.url ?? '', database, appName: 'test', timeoutMs: 5_000 });
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
};
const stores = server === undefined ? [] : [await patient(), await patient()];

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close().catch(() => undefined)));
  await server?.stop();
}, 60_000);

describe.skipIf(server === undefined)('MongoDB', () => {
  documentsPromises('the MongoDB store', (kind, copies) =>
    Promise.all(Array.from({ length: copies }, (_, copy) => mongoDocuments((stores[copy] as MongoStore).db, kind))),
  );

  it('names the collection and the fields of a document that is not of its schema, not their values', async () => {
    const { db } = stores[0] as MongoStore;
    const documents = await mongoDocuments(db, { collection: 'odd', schema: z.object({ count: z.number() }) });
    await db
      .collection<{ _id: string; revision: number; state: object }>('odd')
      .insertOne({ _id: 'a', revision: 1, state: { count: 'canary' } });
    const thrown = await documents.read('a').catch((error: unknown) => error as Error & { cause: Error });
    expect(thrown).toMatchObject({
      code: 'INTERNAL',
      cause: { message: 'a document of odd is not of its schema: count' },
    });
    expect(await documents.keys(9)).toEqual(['a']);
  });
  it('asks for each write to stand in the journals of a majority, and to be done once if it must be sent again', async ({
    skip,
  }) => {
    const { setName } = (await stores[0]?.db.command({ hello: 1 })) ?? {};
    if (setName === undefined) skip('the server is no replica set, and knows no write that is sent again');
    const commands: Record<string, unknown>[] = [];
    // A client that is told to stay with one server does not look for its replica set, and sends nothing again.
    const uri = (server?.url ?? '').replace('directConnection=true', 'directConnection=false');
    const watched = await connectMongo({
      ...{ uri, database, appName: 'test', timeoutMs: 5_000 },
      onCommand: ({ command }) => void commands.push(command),
    });
    const documents = await mongoDocuments(watched.db, { collection: 'watched', schema: z.number() });
    await documents.update('a', () => ({ result: undefined, state: 1 }));
    await documents.update('a', () => ({ result: undefined, state: 2 }));
    await documents.remove('a');
    for (const name of ['insert', 'update', 'delete'])
      expect(commands.find((command) => name in command)).toMatchObject({
        writeConcern: { w: 'majority', j: true },
        txnNumber: expect.anything(),
        lsid: expect.anything(),
      });
    expect(await documents.read('a')).toBeUndefined();
    expect(commands.find((command) => 'find' in command)).toMatchObject({ readConcern: { level: 'majority' } });
    await watched.close();
  });
  it('refuses with UNAVAILABLE within its time when the server hangs', async ({ skip }) => {
    if (!server?.owned) skip('the server is not ours to stop');
    const quick = await connectMongo({ uri: server?.url ?? '', database, appName: 'test', timeoutMs: 500 });
    const documents = await mongoDocuments(quick.db, { collection: 'hung', schema: z.number() });
    server?.kill('SIGSTOP');
    // A signal is sent at once and obeyed a little later: the server may still answer in between.
    await expect.poll(() => quick.healthy(), { timeout: 10_000 }).toBe(false);
    await expect(documents.read('a')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    server?.kill('SIGCONT');
    await expect.poll(() => quick.healthy(), { timeout: 10_000 }).toBe(true);
    await quick.close();
  });
});
