import { randomUUID } from 'node:crypto';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { eventually } from './eventually.ts';

/**
 * Connections to databases of a test's own. Each `open` gives copies on a new, empty one. `close` drops what was made.
 * `timeoutMs` is how long a connection waits for an answer, where a test is not about time.
 */
export function testStores(uri: string, timeoutMs?: number) {
  const opened: MongoStore[] = [];
  return {
    async open(copies: number): Promise<readonly MongoStore[]> {
      const database = `vox_test_${randomUUID().slice(0, 8)}`;
      const connect = () =>
        eventually(() =>
          connectMongo({ uri, database, appName: 'test', ...(timeoutMs !== undefined && { timeoutMs }) }),
        );
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
