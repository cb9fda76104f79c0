import type { MongoClient } from 'mongodb';

/** What one user of MongoDB may do, by the roles that MongoDB has itself, and where. */
export type StoreUser = Readonly<{ role: 'readWrite' | 'read'; databases: readonly string[] }>;

const services = ['vox_auth', 'vox_quota', 'vox_session_broker', 'vox_compliance'];
const own = (...databases: readonly string[]): StoreUser => ({ role: 'readWrite', databases });

/**
 * The users of MongoDB. A service makes its own collections and indexes, so it has readWrite on its database, and on no
 * other. The reconciliation reads what it compares, which is no key, and writes nothing. Whoever takes backups reads
 * all and writes nothing. edge-guard keeps nothing in MongoDB.
 */
export const storeUsers: Readonly<Record<string, StoreUser>> = {
  auth: own('vox_auth'),
  quota: own('vox_quota'),
  'session-broker': own('vox_session_broker'),
  compliance: own('vox_compliance', 'vox_compliance_keys'),
  reconcile: { role: 'read', databases: services },
  backup: { role: 'read', databases: [...services, 'vox_compliance_keys'] },
};

/** Where the users stand, and so the `authSource` of their URIs. */
const usersDatabase = 'admin';

/**
 * Makes every user with its password, or gives one that is there this password and these roles and no other. Whoever
 * asks may manage users. Throws RangeError when a password is missing.
 */
export async function makeStoreUsers(client: MongoClient, passwords: Readonly<Record<string, string>>): Promise<void> {
  for (const name of Object.keys(storeUsers)) await makeStoreUser(client, name, name, passwords[name]);
}

/** Makes a user under a name: while it is rotated, it is there under two. */
export async function makeStoreUser(
  client: MongoClient,
  user: string,
  name: string,
  pwd: string | undefined,
): Promise<void> {
  const { role, databases } = storeUsers[user] as StoreUser;
  if (!pwd) throw new RangeError(`${user} has no password`);
  const admin = client.db(usersDatabase);
  const { users } = await admin.command({ usersInfo: name });
  const wanted = { pwd, roles: databases.map((db) => ({ role, db })), mechanisms: ['SCRAM-SHA-256'] };
  await admin.command({ [users.length > 0 ? 'updateUser' : 'createUser']: name, ...wanted });
}

/** Removes a user of this name, if there is one: nobody comes in by it any more. */
export async function dropStoreUser(client: MongoClient, name: string): Promise<void> {
  const admin = client.db(usersDatabase);
  const { users } = await admin.command({ usersInfo: name });
  if (users.length > 0) await admin.command({ dropUser: name });
}

/** The URI of a server for one user: of `server` it keeps host and options. */
export function storeUri(server: string, user: string, password: string): string {
  const [, scheme = '', hosts = '', options = ''] =
    /^(mongodb(?:\+srv)?:\/\/)(?:[^@/?]*@)?([^/?]+)\/?[^?]*(?:\?(.*))?$/.exec(server) ?? [];
  const query = new URLSearchParams(options);
  query.set('authSource', usersDatabase);
  return `${scheme}${encodeURIComponent(user)}:${encodeURIComponent(password)}@${hosts}/?${query}`;
}
