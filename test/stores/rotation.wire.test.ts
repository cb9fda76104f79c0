import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { busIdentities } from '@vox/contracts';
import { redisStore } from '@vox/edge-guard/redis';
import { redisAcl, redisHash, redisUser } from '@vox/edge-guard/redis-rights';
import { makeStoreUsersIn, rotateSecrets } from '@vox/ops/rotation';
import { storeUri, storeUsers } from '@vox/ops/store-users';
import { type Bus, natsBus, natsServerConfig, newServiceKey, publicKeyOf } from '@vox/platform/bus';
import { freshSetting } from '@vox/platform/config';
import { systemClock as clock } from '@vox/platform/time';
import { eventually, furnish } from '@vox/testing';
import { Redis } from 'ioredis';
import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hostOf, securedServers } from './secured.ts';

const { servers, identities, keys, authority: ca, natsConfig, stop } = await securedServers();
const folder = mkdtempSync(join(tmpdir(), 'vox-rotation-'));
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
const soon = { timeout: 10_000, interval: 20 };
let writes = 0;
/** Writes a file that a service reads again. Two writes within one tick of the clock would look like one. */
function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  writes += 1;
  utimesSync(join(folder, name), new Date(), new Date(Date.now() + 1_000 * writes));
  return join(folder, name);
}
const fresh = (file: string) => freshSetting('X', { X_FILE: file }, z.string(), readFileSync(file, 'utf8'));

/** Asks again and again, one after another, until it is stopped, and keeps why it was refused. */
function asking(ask: () => Promise<unknown>) {
  const refused: unknown[] = [];
  let [asked, isOver] = [0, false];
  const running = (async () => {
    while (!isOver) {
      await ask().catch((error: Error) => refused.push(error.cause ?? error));
      asked += 1;
      await pause(2);
    }
  })();
  return {
    refused,
    /** Resolves when what is asked now was answered, and something after it. */
    async further(): Promise<void> {
      const from = asked;
      await expect.poll(() => asked, soon).toBeGreaterThan(from + 1);
    },
    async stop(): Promise<void> {
      isOver = true;
      await running;
    },
  };
}

/** Five tries. */
const withinHalfASecond = <T>(ask: () => Promise<T>): Promise<T> => eventually(ask, 5);

describe.skipIf(servers === undefined)('a credential that is rotated while requests go on', () => {
  it('on the bus: each is answered within half a second while copies are replaced, and a copy that stays comes back', async () => {
    const url = servers?.nats.url ?? '';
    await furnish(url, { ca, nkeySeed: keys.bootstrap?.seed });
    const old = keys.quota?.seed ?? '';
    const file = put('quota.seed', old);
    const seed = fresh(file);
    const options = { servers: [url], ca, service: 'quota', clock, onThrow: () => undefined };
    // As a service does: it tries again, for the server takes a moment to read its configuration.
    const copy = async (): Promise<Bus> => {
      const opened = await eventually(() => natsBus({ ...options, nkeySeed: seed }));
      closing.push(opened.close);
      return opened;
    };
    const { seed: coming, publicKey } = newServiceKey();
    const written = (quota: readonly string[]): void => {
      const publicKeys = Object.fromEntries(busIdentities.map((name) => [name, keys[name]?.publicKey ?? '']));
      writeFileSync(natsConfig, natsServerConfig({ ...publicKeys, quota }, identities.files));
      servers?.nats.kill('SIGHUP');
    };
    const lone = await copy();
    let copies = [await copy(), await copy()];
    let turn = 0;
    // While the server reads its configuration, JetStream answers nobody for a moment.
    const requests = asking(() => withinHalfASecond(async () => copies[(turn += 1) % copies.length]?.time()));
    written([publicKeyOf(old), publicKey]);
    await requests.further();
    put('quota.seed', coming);
    for (const leaving of [...copies]) {
      const next = await copy();
      copies = [...copies.filter((each) => each !== leaving), next];
      await requests.further();
      await leaving.close();
    }
    written([publicKey]);
    const oldIs = () =>
      natsBus({ ...options, nkeySeed: old }).then(
        (entered) => entered.close().then(() => 'let in'),
        () => 'refused',
      );
    await expect.poll(oldIs, soon).toBe('refused');
    const loneIs = () =>
      lone.time().then(
        () => 'answered',
        () => 'not yet',
      );
    await expect.poll(loneIs, soon).toBe('answered');
    await requests.further();
    await requests.stop();
    expect(requests.refused).toEqual([]);
  }, 30_000);

  it('in Redis: no request is without its answer, and the link comes back with the new password', async () => {
    const host = hostOf(servers?.redis.url ?? '');
    const urlWith = (password: string): string => `rediss://${redisUser}:${password}@${host}`;
    const old = identities.passwords[redisUser] ?? '';
    const file = put('redis-url', urlWith(old));
    const store = redisStore(urlWith(old), { ca, freshUrl: fresh(file), withinMs: 2_000 });
    closing.push(store.close);
    const { user, password } = identities.admin;
    const admin = new Redis(`rediss://${user}:${password}@${host}`, { tls: { ca } });
    closing.push(async () => admin.disconnect());
    const written = async (...passwords: string[]): Promise<void> => {
      const adminLine = `user ${user} on #${redisHash(password)} ~* &* +@all\n`;
      writeFileSync(identities.aclFile, redisAcl(passwords) + adminLine);
      await admin.call('ACL', 'LOAD');
    };
    await expect.poll(() => store.healthy(), soon).toBe(true);
    await written(old, 'the-coming-password');
    await expect.poll(() => store.healthy(), soon).toBe(true);
    put('redis-url', urlWith('the-coming-password'));
    await written('the-coming-password');
    // A server of some versions lets a link stay whose password is gone; this one ends it in any case.
    await admin.call('CLIENT', 'KILL', 'USER', redisUser);
    await expect.poll(() => store.healthy(), soon).toBe(true);
    const withOld = new Redis(urlWith(old), { tls: { ca }, lazyConnect: true, retryStrategy: () => null });
    withOld.on('error', () => undefined);
    await expect(withOld.connect().then(() => withOld.ping())).rejects.toThrow();
    withOld.disconnect();
  }, 30_000);

  it('in MongoDB: both names are let in until the old one is dropped', async () => {
    const secrets = join(folder, 'secrets');
    mkdirSync(secrets);
    for (const user of Object.keys(storeUsers))
      writeFileSync(join(secrets, `${user}.mongodb-password`), identities.passwords[user] ?? '');
    const admin = await new MongoClient(servers?.mongo.url ?? '').connect();
    closing.push(() => admin.close());
    const address = `mongodb://${hostOf(servers?.mongo.url ?? '')}/?directConnection=true&tls=true`;
    const comesIn = async (name: string, file: string): Promise<boolean> => {
      const uri = storeUri(address, name, readFileSync(join(secrets, file), 'utf8'));
      const client = new MongoClient(uri, { ca, serverSelectionTimeoutMS: 3_000 });
      return client
        .db('vox_quota')
        .collection('rows')
        .findOne({})
        .then(
          () => true,
          () => false,
        )
        .finally(() => client.close());
    };
    const taken = async (step: 'add' | 'use' | 'drop'): Promise<void> => {
      rotateSecrets(secrets, step, 'mongodb', 'quota');
      await makeStoreUsersIn(admin, secrets);
    };
    await taken('add');
    expect(await comesIn('quota', 'quota.mongodb-password')).toBe(true);
    expect(await comesIn('quota-2', 'quota.mongodb-password.next')).toBe(true);
    await taken('use');
    expect(await comesIn('quota', 'quota.mongodb-password.previous')).toBe(true);
    expect(await comesIn('quota-2', 'quota.mongodb-password')).toBe(true);
    const old = storeUri(address, 'quota', readFileSync(join(secrets, 'quota.mongodb-password.previous'), 'utf8'));
    await taken('drop');
    expect(await comesIn('quota-2', 'quota.mongodb-password')).toBe(true);
    const client = new MongoClient(old, { ca, serverSelectionTimeoutMS: 3_000 });
    await expect(client.db('vox_quota').collection('rows').findOne({})).rejects.toThrow();
    await client.close();
  }, 30_000);
});
