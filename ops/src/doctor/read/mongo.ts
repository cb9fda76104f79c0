import { type Db, MongoClient } from 'mongodb';
import { z } from 'zod';
import { storeUsers } from '../../stores/store-users.ts';
import type { MongoFacts } from '../facts.ts';
import { clockOf, isLoopbackHost } from './attempt.ts';

const timeoutMs = 3_000;

const Hello = z.object({
  localTime: z.date().optional(),
  setName: z.string().optional(),
  hosts: z.array(z.string()).default([]),
  passives: z.array(z.string()).default([]),
});
const Members = z.object({ members: z.array(z.object({ name: z.string(), health: z.number() })) });
const DefaultWrite = z.object({ defaultWriteConcern: z.object({ w: z.union([z.string(), z.number()]) }).optional() });
const Links = z.object({ connections: z.object({ current: z.number(), available: z.number() }) });
const Role = z.object({ role: z.string(), db: z.string() });
const Status = z.object({
  authInfo: z.object({
    authenticatedUsers: z.array(z.object({ user: z.string() })),
    authenticatedUserRoles: z.array(Role),
  }),
});
const Users = z.object({ users: z.array(z.object({ user: z.string(), roles: z.array(Role) })) });

const shown = (roles: readonly z.infer<typeof Role>[]): string[] => roles.map(({ role, db }) => `${role}@${db}`);

/** Asks what it can, and notes what the server or the rights of its user leave without an answer. */
function asking(db: Db) {
  const unanswered: string[] = [];
  return {
    unanswered,
    async ask<S extends z.ZodType>(name: string, schema: S, over: object = {}): Promise<z.infer<S> | undefined> {
      const read = schema.safeParse(await db.command({ [name]: 1, ...over }).catch(() => undefined));
      if (!read.success) unanswered.push(name);
      return read.data;
    },
  };
}

/** Reads a MongoDB with the user of a URI. */
export async function readMongo(uri: string, ca: string | undefined): Promise<MongoFacts> {
  const client = new MongoClient(uri, {
    ...(ca !== undefined && { tls: true, ca }),
    ...{
      appName: 'vox-doctor',
      serverSelectionTimeoutMS: timeoutMs,
      connectTimeoutMS: timeoutMs,
      socketTimeoutMS: timeoutMs,
    },
  });
  try {
    await client.connect();
    const db = client.db('admin');
    const asked = await clockOf(
      'MongoDB',
      () => db.command({ hello: 1 }),
      ({ localTime }) => localTime?.getTime() ?? Date.now(),
    );
    const hello = Hello.parse(asked.answer);
    const { version } = z.object({ version: z.string() }).parse(await db.command({ buildInfo: 1 }));
    return {
      ...reachedBy(client),
      version,
      clock: hello.localTime && asked.clock,
      ...setOf(hello),
      ...(await told(db, hello)),
    };
  } finally {
    await client.close();
  }
}

const setOf = ({ setName, hosts, passives }: z.infer<typeof Hello>) => ({
  setName,
  members: setName === undefined ? 1 : hosts.length + passives.length,
});

const reachedBy = ({ options }: MongoClient) => ({
  tls: options.tls === true,
  isLoopback: options.hosts.every(({ host }) => host !== undefined && isLoopbackHost(host)),
  uriWrite: options.writeConcern?.w === undefined ? undefined : String(options.writeConcern.w),
});

async function told(db: Db, { setName }: z.infer<typeof Hello>) {
  const { ask, unanswered } = asking(db);
  const status = await ask('connectionStatus', Status);
  const users = await ask('usersInfo', Users);
  const members = setName === undefined ? undefined : await ask('replSetGetStatus', Members);
  const write = setName === undefined ? undefined : await ask('getDefaultRWConcern', DefaultWrite);
  const links = (await ask('serverStatus', Links))?.connections;
  const own = status?.authInfo;
  const user = own?.authenticatedUsers[0]?.user;
  const known = users?.users.map((each): [string, string[]] => [each.user, shown(each.roles)]) ?? [];
  const mine: [string, string[]][] = user === undefined ? [] : [[user, shown(own?.authenticatedUserRoles ?? [])]];
  return {
    ...{ user, unanswered, connections: links?.current, connectionsFree: links?.available },
    membersDown: (members?.members ?? []).filter(({ health }) => health !== 1).map(({ name }) => name),
    defaultWrite: write?.defaultWriteConcern === undefined ? undefined : String(write.defaultWriteConcern.w),
    roles: new Map([...known, ...mine]),
    usersMissing: users && Object.keys(storeUsers).filter((name) => !known.some(([each]) => each === name)),
  };
}
