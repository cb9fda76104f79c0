import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PrivacyRequestView } from '@vox/contracts';
import { ReadTranscript, ShowTenant, VerifyAudit } from '@vox/contracts';
import { childEnv, eventually, mongoServer, natsServer } from '@vox/testing';
import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { reconciled, type VoxRun, voxOn } from './operator.ts';
import { demanded, type Person, visit } from './person.ts';
import { testStack } from './test-stack.ts';
import { type Shop, shopOn } from './visitor.ts';

// What this is about is no matter of time: a busy machine may answer late.
const env = { TRANSCRIPT_GRACE_SECONDS: '1', MONGODB_TIMEOUT_MS: '20000' };
const { isOpen, stack } = await testStack({ plain: true, env });
// Outside the folder of the servers, which are destroyed.
const folder = mkdtempSync(join(tmpdir(), 'vox-disaster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string): string => join(folder, name);

const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const key = randomBytes(32).toString('base64');
const run = (env: Readonly<Record<string, string>>, ...args: string[]): Promise<VoxRun> =>
  promisify(execFile)(process.execPath, [main, ...args], {
    env: { ...childEnv(process.env), VOX_BACKUP_KEY: key, ...env },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, notes: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, notes: stderr }),
  );
const good = async (running: Promise<VoxRun>): Promise<string> => {
  const { code, out, notes } = await running;
  expect(code, notes).toBe(0);
  return out;
};
const restore = (...args: string[]) => run(stack.restoreEnv, 'restore', ...args);
const soon = { timeout: 60_000, interval: 250 };
const because = ['--reason', 'a drill'];
const clean = () => expect.poll(async () => (await reconciled(stack)).findings, soon).toEqual([]);

/** Takes a backup. A server without snapshots over collections gives none while services run, unless it is allowed. */
async function backedUp(...args: string[]): Promise<Record<string, unknown>[]> {
  const first = run(stack.backupEnv, 'backup', ...args);
  const isRefused = /this MongoDB has no snapshots .* stop the services first/.test((await first).notes);
  const allowed = isRefused ? run(stack.backupEnv, 'backup', '--several-moments', ...args) : first;
  return [JSON.parse(await good(allowed))].flat();
}

describe.skipIf(!isOpen)('an installation that is destroyed', () => {
  let shop: Shop;
  let ann: Person;
  let bea: Person;
  let tenant: unknown;
  const shown = () => stack.operator.ask(ShowTenant, { tenantId: shop.tenantId });
  const textsOf = async ({ sessionId }: Person) => {
    const whose = { tenantId: shop.tenantId, sessionId, actor: 'operator:test', reason: 'a test' };
    return (await stack.operator.ask(ReadTranscript, whose)).messages.map(({ text }) => text);
  };
  /** Every document of every service, as text. */
  const everything = async (): Promise<string> => {
    const client = await new MongoClient(stack.servers.mongo.url).connect();
    const rows: string[] = [];
    for (const name of ['vox_auth', 'vox_quota', 'vox_session_broker', 'vox_compliance', 'vox_compliance_keys'])
      for (const collection of await client.db(name).collections())
        for await (const row of collection.find()) rows.push(JSON.stringify(row));
    await client.close();
    return rows.join('\n');
  };

  it('is backed up while it runs, with a call that is open', async () => {
    shop = await shopOn(stack, {}, undefined, { consent: demanded });
    ann = await eventually(() => visit(shop, { email: 'ann@example.com' }, ['ann said this']));
    bea = await eventually(() => visit(shop, { email: 'bea@example.com' }, ['bea said this']));
    await shop.say('/api/session/end', ann.call);
    await expect.poll(() => textsOf(ann).catch(() => []), soon).toHaveLength(1);
    await expect.poll(() => textsOf(bea).catch(() => []), soon).toHaveLength(1);
    await clean();
    tenant = await shown();
    const [data, keys] = await backedUp('--out', file('data'), '--keys-out', file('old-keys'));
    expect(data).toMatchObject({ kind: 'data', messages: expect.any(Number), documents: expect.any(Number) });
    expect(data?.messages).toBeGreaterThan(10);
    expect(keys).toMatchObject({ kind: 'keys' });
    expect(keys?.documents).toBeGreaterThan(1);
    for (const name of ['data', 'old-keys']) {
      expect(statSync(file(name)).mode & 0o077, 'nobody else may read it').toBe(0);
      expect(readFileSync(file(name)).includes('vox_auth'), 'it is sealed').toBe(false);
    }
  }, 90_000);

  it('has backups that verify, and one that was changed says so', async () => {
    const verified = JSON.parse(await good(run({}, 'backup', 'verify', file('data'))));
    expect(verified).toMatchObject({ kind: 'data', version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    const damaged = file('damaged');
    const bytes = readFileSync(file('old-keys'));
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(damaged, bytes);
    expect(await run({}, 'backup', 'verify', damaged)).toMatchObject({
      code: 1,
      notes: expect.stringContaining('the backup is damaged or was changed'),
    });
  });

  it('tries a backup on servers of no installation, leaves nothing there, and knows when that was', async () => {
    const nats = await natsServer({});
    const mongo = await mongoServer({});
    try {
      const env = { ...stack.backupEnv, DRILL_NATS_URL: nats?.url ?? '', DRILL_MONGODB_URI: mongo?.url ?? '' };
      await good(run(env, 'backup', 'drill', file('data')));
      const client = await new MongoClient(mongo?.url ?? '').connect();
      expect(await client.db('vox_auth').collections()).toEqual([]);
      await client.close();
    } finally {
      await nats?.stop();
      await mongo?.stop();
    }
    const last = JSON.parse(await good(run(stack.operatorEnv, 'backup', 'last')));
    expect(Object.keys(last).sort()).toEqual(['drilled.data', 'taken.data', 'taken.keys']);
    expect(last['drilled.data']).toMatchObject({ backupId: last['taken.data'].backupId, at: expect.any(String) });
  }, 90_000);

  it('loses all its servers after somebody was erased', async () => {
    const asked = ['subject', 'erase', shop.tenantId, '--email', 'ann@example.com', ...because];
    expect(JSON.parse(await good(voxOn(stack)(...asked))) as PrivacyRequestView).toMatchObject({ state: 'done' });
    await backedUp('--keys-out', file('new-keys'));
    expect(await restore(file('data'))).toMatchObject({ code: 1, notes: expect.stringContaining('services run') });
    await Promise.all(stack.services.map((each) => each.stop()));
    expect(await restore(file('data'))).toMatchObject({
      code: 1,
      notes: expect.stringContaining('the installation is not empty'),
    });
    for (const server of [stack.servers.nats, stack.servers.mongo, stack.servers.redis]) await server.restart('lost');
  }, 90_000);

  it('comes back from the newest keys and the older data, as it was when they were saved', async () => {
    await expect.poll(async () => (await restore(file('new-keys'))).code, soon).toBe(0);
    const { notes } = await restore(file('data'));
    expect(notes).toContain('VOX_LEDGER stays as it is');
    await stack.applyBus();
    const names = stack.services.map(({ name }) => name);
    await Promise.all(names.map((name) => stack.restart(name)));
    await expect.poll(() => textsOf(bea).catch(() => []), soon).toEqual(['bea said this']);
    expect(await shown()).toEqual(tenant);
    expect(await everything()).toContain(ann.sessionId);
  }, 120_000);

  it('forgets once more whoever had been erased, and nobody else', async () => {
    const replayed = JSON.parse(await good(voxOn(stack)('subject', 'replay', ...because)));
    expect(replayed).toMatchObject({ erasures: 1, subjects: 0 });
    await expect(textsOf(ann)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await everything()).not.toContain(ann.visitorId);
    expect(await textsOf(bea)).toEqual(['bea said this']);
  }, 90_000);

  it('has clean ledgers and whole audit logs, ends the call that was open, and lets visitors call again', async () => {
    expect((await shop.say('/api/session/end', bea.call)).status).toBe(200);
    const again = await eventually(() => visit(shop, { email: 'cleo@example.com' }, ['cleo said this']));
    expect((await shop.say('/api/session/end', again.call)).status).toBe(200);
    await clean();
    const verified = await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId }, { timeoutMs: 10_000 });
    expect(verified).toMatchObject({ broken: null });
  }, 90_000);
});
