import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connectMongo, type MongoStore } from '../store/mod.ts';

/** Waits for what is still starting. Throws what was last thrown after ten seconds. */
export async function eventually<T>(open: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await open();
    } catch (error) {
      if (tries === 50) throw error;
      await pause(200);
    }
  }
}

/** Connections to databases of a test’s own: each `open` gives copies on a new, empty one. `close` drops what was made. */
export function testStores(uri: string) {
  const opened: MongoStore[] = [];
  return {
    async open(copies: number): Promise<readonly MongoStore[]> {
      const database = `vox_test_${randomUUID().slice(0, 8)}`;
      const connect = () => eventually(() => connectMongo({ uri, database, appName: 'test' }));
      const stores = await Promise.all(Array.from({ length: copies }, connect));
      opened.push(...stores);
      return stores;
    },
    async close(): Promise<void> {
      for (const { db, close } of opened) {
        await db.dropDatabase().catch(() => undefined);
        await close();
      }
    },
  };
}
