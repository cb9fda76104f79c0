import { redisUser } from '@vox/edge-guard/redis-rights';
import { storeUri } from '@vox/ops/store-users';
import { afterAll, describe, expect, it } from 'vitest';
import { type Running, started } from './running.ts';
import { hostOf, securedServers } from './secured.ts';

const { servers, identities, keys, authority, foreign, stop } = await securedServers();
const hosts = {
  nats: hostOf(servers?.nats.url ?? 'tls://none'),
  redis: hostOf(servers?.redis.url ?? 'rediss://none'),
  mongo: hostOf(servers?.mongo.url ?? 'mongodb://none'),
};
const canary = 'canary-password';
const running: Running[] = [];
afterAll(async () => {
  await Promise.all(running.map(({ stop: end }) => end()));
  await stop();
});

const mongoUri = (password = identities.passwords.quota ?? '', tls = 'true'): string =>
  storeUri(`mongodb://${hosts.mongo}/?directConnection=true&tls=${tls}`, 'quota', password);
const redisUrl = (scheme: string, password = identities.passwords[redisUser] ?? ''): string =>
  `${scheme}://${redisUser}:${password}@${hosts.redis}`;
const quota = {
  NATS_URL: `tls://${hosts.nats}`,
  NATS_CA: authority,
  NATS_NKEY_SEED: keys.quota?.seed ?? '',
  MONGODB_URI: mongoUri(),
  MONGODB_CA: authority,
};
const edge = {
  NATS_URL: `tls://${hosts.nats}`,
  NATS_CA: authority,
  NATS_NKEY_SEED: keys['edge-guard']?.seed ?? '',
  REDIS_URL: redisUrl('rediss'),
  REDIS_CA: authority,
  SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  ALLOW_HTTP: 'true',
};
const unbelieved = /its certificate is not believed/;
const unset = undefined;
/** The driver of MongoDB looks for a server for two seconds; the rest is for a busy machine. */
const tellsWithinMs = 10_000;

type Row = readonly [string, string, Readonly<Record<string, string | undefined>>, RegExp];
const rows: readonly Row[] = [
  ['mongodb', 'a wrong password', { MONGODB_URI: mongoUri(canary) }, /user or password is wrong/],
  ['mongodb', 'a foreign authority', { MONGODB_CA: foreign }, unbelieved],
  ['mongodb', 'no authority', { MONGODB_CA: unset }, unbelieved],
  ['mongodb', 'no TLS', { MONGODB_URI: mongoUri(canary, 'false'), MONGODB_CA: unset }, /the connection was cut/],
  ['nats', 'a foreign authority', { NATS_CA: foreign }, unbelieved],
  ['nats', 'no authority', { NATS_CA: unset }, unbelieved],
  ['nats', 'no TLS', { NATS_URL: `nats://${hosts.nats}`, NATS_CA: unset }, unbelieved],
  ['redis', 'a wrong password', { REDIS_URL: redisUrl('rediss', canary) }, /user or password is wrong/],
  ['redis', 'a foreign authority', { REDIS_CA: foreign }, unbelieved],
  ['redis', 'no authority', { REDIS_CA: unset }, unbelieved],
  ['redis', 'no TLS', { REDIS_URL: redisUrl('redis', canary), REDIS_CA: unset }, /the connection was cut/],
];

describe.skipIf(servers === undefined)('a service that starts', () => {
  it.each(rows)(
    'names %s in its log and at /readyz when it comes there with %s, and repeats no password',
    async (...row) => {
      const [name, , env, says] = row;
      const [service, right] = name === 'redis' ? ['edge-guard', edge] : ['quota', quota];
      const one = await started(service, { ...right, ...env });
      running.push(one);
      const lineOf = () => one.lines().find(({ dependency }) => dependency === name);
      await expect.poll(lineOf, { timeout: tellsWithinMs }).toBeDefined();
      expect(lineOf()).toMatchObject({ level: 'warn', says: expect.stringMatching(says), check: expect.any(String) });
      // edge-guard is ready without Redis too.
      if (name !== 'redis') {
        const saidOf = async () => (await one.readyz())[name];
        await expect.poll(saidOf, { timeout: tellsWithinMs }).toMatch(says);
      }
      await one.stop();
      expect(one.text()).not.toContain(canary);
      for (const password of Object.values(identities.passwords)) expect(one.text()).not.toContain(password);
    },
    90_000,
  );
});
