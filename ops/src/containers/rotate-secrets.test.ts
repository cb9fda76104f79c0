import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisHash } from '@vox/edge-guard/redis-rights';
import { publicKeyOf } from '@vox/platform/bus';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSecrets } from './make-secrets.ts';
import { type RotationStep, rotateSecrets } from './rotate-secrets.ts';

describe('a credential of an installation', () => {
  let root: string;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'vox-rotate-'));
    await made();
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const folder = () => join(root, 'secrets');
  const made = () =>
    makeSecrets({
      ...{ folder: join(root, 'secrets'), serversFolder: join(root, 'servers'), providerKey: undefined },
      ...{ mongoTls: true, nowMs: Date.now() },
    });
  const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
  const own = (name: string): string => read('secrets', name);
  const take = async (step: RotationStep, kind: string, only?: string): Promise<void> => {
    rotateSecrets(folder(), step, kind, only);
    await made();
  };

  it('of the bus is taken by the server beside its successor, until the old one is dropped', async () => {
    const config = () => read('servers', 'nats', 'nats.conf');
    const seed = () => own('operator.seed');
    const old = seed();
    await take('add', 'nats', 'operator');
    const coming = own('operator.seed.next');
    expect(seed()).toBe(old);
    for (const each of [old, coming]) expect(config()).toContain(publicKeyOf(each));
    await take('use', 'nats', 'operator');
    expect(seed()).toBe(coming);
    for (const each of [old, coming]) expect(config()).toContain(publicKeyOf(each));
    await take('drop', 'nats', 'operator');
    expect(config()).toContain(publicKeyOf(coming));
    expect(config()).not.toContain(publicKeyOf(old));
    expect(readdirSync(folder()).filter((name) => /next|previous/.test(name))).toEqual([]);
  });
  it('of the bus is rotated for every identity at once where none is named', async () => {
    const seeds = () =>
      readdirSync(folder())
        .filter((name) => name.endsWith('.seed'))
        .map(own);
    const before = seeds();
    for (const step of ['add', 'use', 'drop'] as const) await take(step, 'nats');
    expect(seeds()).toHaveLength(before.length);
    for (const seed of before) expect(seeds()).not.toContain(seed);
  });
  it('of Redis is taken beside its successor, and the address of edge-guard holds the one in use', async () => {
    const password = () => own('edge-guard.redis-password');
    const old = password();
    await take('add', 'redis');
    const coming = own('edge-guard.redis-password.next');
    for (const each of [old, coming]) expect(read('servers', 'redis', 'users.acl')).toContain(redisHash(each));
    expect(own('edge-guard.redis-url')).toContain(old);
    await take('use', 'redis');
    expect(own('edge-guard.redis-url')).toContain(coming);
    await take('drop', 'redis');
    expect(read('servers', 'redis', 'users.acl')).not.toContain(redisHash(old));
  });
  it('of MongoDB is another name with another password, and the first name again the next time', async () => {
    const who = () => {
      const { username, password } = new URL(own('quota.mongodb-uri'));
      expect(password).toBe(own('quota.mongodb-password'));
      return username;
    };
    expect(who()).toBe('quota');
    await take('add', 'mongodb', 'quota');
    expect(who()).toBe('quota');
    await take('use', 'mongodb', 'quota');
    expect(who()).toBe('quota-2');
    await take('drop', 'mongodb', 'quota');
    for (const step of ['add', 'use', 'drop'] as const) await take(step, 'mongodb', 'quota');
    expect(who()).toBe('quota');
  });
  it('is rotated in the order of the steps alone, and a step out of turn changes nothing', async () => {
    const all = () => readdirSync(folder()).map((name) => [name, own(name)]);
    const before = all();
    expect(() => rotateSecrets(folder(), 'use', 'nats')).toThrow('has no successor yet');
    expect(() => rotateSecrets(folder(), 'drop', 'nats')).toThrow('has no predecessor any more');
    expect(() => rotateSecrets(folder(), 'add', 'nats', 'stranger')).toThrow('no credential of stranger');
    expect(() => rotateSecrets(folder(), 'add', 'smtp')).toThrow('nothing to rotate of smtp');
    expect(all()).toEqual(before);
    await take('add', 'nats', 'quota');
    expect(() => rotateSecrets(folder(), 'add', 'nats')).toThrow('quota.seed is being rotated already');
  });
});
