import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { dropStoreUser, makeStoreUser, storeUsers } from '../stores/store-users.ts';
import { isUnderOtherName, stagesOf, userNameOf } from './rotate-secrets.ts';

/**
 * Makes the users whose passwords stand in a folder. One that is rotated is there under both of its names; under a name
 * that has no password any more nobody comes in.
 */
export async function makeStoreUsersIn(client: MongoClient, folder: string): Promise<void> {
  for (const user of Object.keys(storeUsers)) {
    const kept = new Set<string>();
    for (const file of stagesOf(`${user}.mongodb-password`).map((name) => join(folder, name))) {
      if (!existsSync(file)) continue;
      const suffix = /\.mongodb-password(.*)$/.exec(file)?.[1] ?? '';
      const name = userNameOf(user, isUnderOtherName(folder, user, suffix));
      kept.add(name);
      await makeStoreUser(client, user, name, readFileSync(file, 'utf8'));
    }
    if (kept.size === 0) throw new RangeError(`${user} has no password`);
    for (const isOther of [false, true])
      if (!kept.has(userNameOf(user, isOther))) await dropStoreUser(client, userNameOf(user, isOther));
  }
}
