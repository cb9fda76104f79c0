import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { redisHash } from '@vox/edge-guard/redis-rights';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storeUsers } from '../stores/store-users.ts';
import { makeSecrets } from './make-secrets.ts';

const dayMs = 24 * 3_600_000;
const servers = ['nats', 'redis', 'mongo'];

describe('the secrets of an installation', () => {
  let root: string;
  let folder: string;
  let serversFolder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'vox-secrets-'));
    [folder, serversFolder] = [join(root, 'secrets'), join(root, 'servers')];
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const make = ({ providerKey, nowMs = Date.now() }: { providerKey?: string; nowMs?: number } = {}) =>
    makeSecrets({ folder, serversFolder, providerKey, mongoTls: true, nowMs });
  const filesIn = (place: string) =>
    Object.fromEntries(readdirSync(place).map((name) => [name, readFileSync(join(place, name), 'utf8')]));
  const files = () => filesIn(folder);
  const filesOf = (server: string) => filesIn(join(serversFolder, server));

  it('are made once, and are readable by this user only', async () => {
    await make();
    const [first, ofServers] = [files(), servers.map(filesOf)];
    await make();
    expect([files(), servers.map(filesOf)]).toEqual([first, ofServers]);
    for (const name of Object.keys(first)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  });
  it('gain what a newer version needs, and none of them changes', async () => {
    await make();
    const first = files();
    for (const name of ['master.key', 'compliance.seed', 'quota.mongodb-password']) rmSync(join(folder, name));
    rmSync(join(serversFolder, 'admin', 'ca.key'));
    writeFileSync(join(serversFolder, 'nats', 'nats.conf'), 'the rights of an older version');
    writeFileSync(join(folder, 'nats.conf'), 'where they stood in an older version');
    await make();
    const again = files();
    const changed = Object.keys(again).filter((name) => again[name] !== first[name]);
    const made = ['ca.crt', 'compliance.seed', 'master.key', 'quota.mongodb-password', 'quota.mongodb-uri'];
    expect(changed.sort()).toEqual(made);
    expect(Buffer.from(again['master.key'] ?? '', 'base64')).toHaveLength(32);
    expect(again['compliance.seed']).toMatch(/^SU/);
    expect(again['nats.conf']).toBeUndefined();
    expect(filesOf('nats')['nats.conf']).toContain('compliance');
  });
  it('hold the provider’s key as it was given, until another is given', async () => {
    await make({ providerKey: 'sk-given' });
    await make();
    expect(files()['openai.key']).toBe('sk-given');
  });
  it('give each user of MongoDB, and edge-guard in Redis, a password that nobody else has', async () => {
    await make();
    const own = files();
    const passwords = Object.keys(storeUsers).map((user) => own[`${user}.mongodb-password`] ?? '');
    passwords.push(filesOf('admin')['root.mongodb-password'] ?? '', own['edge-guard.redis-password'] ?? '');
    expect(new Set(passwords).size).toBe(Object.keys(storeUsers).length + 2);
    for (const password of passwords) expect(Buffer.from(password, 'base64url').length).toBeGreaterThanOrEqual(24);
    for (const user of Object.keys(storeUsers)) {
      const { username, password, searchParams } = new URL(own[`${user}.mongodb-uri`] ?? '');
      expect([username, password]).toEqual([user, own[`${user}.mongodb-password`]]);
      expect(searchParams.get('tls')).toBe('true');
    }
    const { protocol, password } = new URL(own['edge-guard.redis-url'] ?? '');
    expect([protocol, password]).toEqual(['rediss:', own['edge-guard.redis-password']]);
  });
  it.each(servers)(
    'give %s a certificate of the authority for its name, and nothing of another server',
    async (server) => {
      await make();
      const held = filesOf(server);
      const [certificate, authority] = [held['server.crt'] ?? '', held['ca.crt'] ?? ''].map(
        (pem) => new X509Certificate(pem),
      );
      expect(certificate?.checkHost(server)).toBe(server);
      expect(certificate?.verify((authority as X509Certificate).publicKey)).toBe(true);
      expect(authority?.ca).toBe(true);
      expect(certificate?.ca).toBe(false);
      // A server may want both in one file.
      expect(createSecureContext({ cert: held['server.pem'], key: held['server.pem'] })).toBeDefined();
      const text = Object.values(held).join();
      const own = files();
      expect(text).not.toContain(filesOf('admin')['ca.key']);
      for (const name of Object.keys(own).filter((each) => /seed$|password$/.test(each)))
        expect(text, name).not.toContain(own[name]);
      expect(text.includes(filesOf('admin')['root.mongodb-password'] ?? '')).toBe(server === 'mongo');
      expect(text.includes(redisHash(own['edge-guard.redis-password'] ?? ''))).toBe(server === 'redis');
    },
  );
  it('give Grafana a password of its own, and no other', async () => {
    await make();
    expect(Object.keys(filesOf('grafana'))).toEqual(['admin.password']);
    const password = filesOf('grafana')['admin.password'] ?? '';
    expect(Buffer.from(password, 'base64url')).toHaveLength(24);
    expect(Object.values(files()).join()).not.toContain(password);
  });
  it('keep where alerts go until another address is given, and show it to Alertmanager alone', async () => {
    const alertReceivers = { pager: 'https://pager.example/key', tickets: undefined };
    await makeSecrets({
      folder,
      serversFolder,
      providerKey: undefined,
      mongoTls: true,
      alertReceivers,
      nowMs: Date.now(),
    });
    await make();
    expect(filesOf('alertmanager')).toEqual({ 'pager.url': 'https://pager.example/key' });
    expect(Object.values(files()).join()).not.toContain('pager.example');
  });
  it('show no service the key of the authority, nor the administrator of MongoDB', async () => {
    await make();
    const admin = filesOf('admin');
    expect(Object.keys(admin).sort()).toEqual(['ca.key', 'root.mongodb-password', 'root.mongodb-uri']);
    for (const [name, secret] of Object.entries(admin)) {
      expect(statSync(join(serversFolder, 'admin', name)).mode & 0o077, name).toBe(0);
      expect(Object.values(files()).join(), name).not.toContain(secret);
    }
  });
  it('keep a certificate while a third of its life is left, and then make another of the same authority', async () => {
    const nowMs = Date.now();
    await make({ nowMs });
    const certificate = () => filesOf('nats')['server.crt'];
    const first = certificate();
    await make({ nowMs: nowMs + 200 * dayMs });
    expect(certificate()).toBe(first);
    const authority = files()['ca.crt'];
    await make({ nowMs: nowMs + 300 * dayMs });
    expect(certificate()).not.toBe(first);
    expect(files()['ca.crt']).toBe(authority);
  });
});
