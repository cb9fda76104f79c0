import { redisUser } from '@vox/edge-guard/redis-rights';
import { storeUsers } from '@vox/ops/store-users';
import { describe, expect, it } from 'vitest';
import type { Identities } from './identities.ts';
import { type SettingsSource, settingsOf, standardCopies } from './settings.ts';

const file = (name: string): string => `/stack/${name}`;
const identities: Identities = {
  files: { certificate: file('crt'), key: file('key'), both: file('pem'), authority: file('authority') },
  admin: { user: 'admin', password: 'of-admin' },
  passwords: Object.fromEntries([...Object.keys(storeUsers), redisUser].map((user) => [user, `of-${user}`])),
  aclFile: file('acl'),
};
const source: Omit<SettingsSource, 'addresses' | 'identities'> = {
  ...{ keys: {}, secret: 'secret', apiKey: 'key', doors: 1, over: {} },
};
const mail = 'smtp://a:4';
const secured = {
  mail,
  nats: 'tls://a:1',
  redis: 'rediss://a:2',
  mongo: 'mongodb://a:3/?directConnection=true&tls=true',
};
const plain = { mail, nats: 'nats://a:1', redis: 'redis://a:2', mongo: 'mongodb://a:3/?directConnection=true' };

describe('the settings of a service of the stack', () => {
  it.each(Object.keys(standardCopies))('hold for %s its own users and the authority, and no other’s', (service) => {
    const env = settingsOf(service, { ...source, addresses: secured, identities });
    expect(env).toMatchObject({ NATS_URL: secured.nats, NATS_CA_FILE: identities.files.authority });
    const given = Object.values(env).join();
    for (const password of [identities.admin.password, ...Object.values(identities.passwords)])
      expect(given.includes(`:${password}@`), password).toBe(password === `of-${service}`);
    expect(['MONGODB_URI' in env, 'MONGODB_CA_FILE' in env]).toEqual(Array(2).fill(service in storeUsers));
    expect(['REDIS_URL' in env, 'REDIS_CA_FILE' in env]).toEqual(Array(2).fill(service === redisUser));
  });
  it.each([
    ['a stack without them', undefined],
    ['servers of an image, which know none', identities],
  ])('hold for %s addresses alone', (_what, given) => {
    for (const service of Object.keys(standardCopies)) {
      const env = settingsOf(service, { ...source, addresses: plain, identities: given });
      expect(env.NATS_URL).toBe(plain.nats);
      expect([undefined, plain.mongo]).toContain(env.MONGODB_URI);
      expect([undefined, plain.redis]).toContain(env.REDIS_URL);
      expect(Object.keys(env).filter((name) => name.includes('_CA'))).toEqual([]);
    }
  });
});
