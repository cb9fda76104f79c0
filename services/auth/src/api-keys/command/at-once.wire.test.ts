import { randomBytes, randomUUID } from 'node:crypto';
import { CreateApiKey, ListApiKeys, ProveApiKey, PutTenant, RevokeApiKey, RotateApiKey } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { mongoServer, testStores } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authSettings, draft } from '../../auth.fixture.ts';
import { mongoStores } from '../../mongo.ts';
import { startAuth } from '../../service.ts';
import { actor, address, plain, scopes, sensitive, signedBy, tenantId } from '../api-keys.fixture.ts';

const server = await mongoServer(process.env);
// It counts who wins, however long the server takes.
const stores = testStores(server?.url ?? '', 60_000);
const patient = { timeoutMs: 60_000 };
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
  await stores.close();
  await server?.stop();
});

/** Two copies of auth on one MongoDB server, each asked by itself. */
async function twoCopies() {
  const opened = await stores.open(2);
  const copies = [];
  for (const store of opened) {
    const bus = memoryBus({ clock, retryMs: 1 });
    const auth = await startAuth({
      ...{ ...authSettings, ...(await mongoStores(store)), bus, clock, log: silentLog, sweepMs: 60_000 },
      ...{ uuid: randomUUID, random: randomBytes },
    });
    closing.push(auth.stop, bus.close);
    copies.push(bus);
  }
  const [one, other] = copies;
  if (one === undefined || other === undefined) throw new Error('two copies were wanted');
  await one.ask(PutTenant, { draft, actor }, patient);
  const create = () => one.ask(CreateApiKey, { tenantId, label: 'a', env: 'dev', scopes, actor }, patient);
  return { of: (n: number) => (n % 2 === 0 ? one : other), create };
}

/** What became of many things that were asked at once: how many were done, and why the others were refused. */
async function outcomes(asked: readonly Promise<unknown>[]) {
  const all = await Promise.allSettled(asked);
  const reasons = all.flatMap((each) =>
    each.status === 'rejected' ? [each.reason.answer.reason ?? each.reason.code] : [],
  );
  return { done: all.length - reasons.length, reasons: [...new Set(reasons)] };
}
const many = <T>(count: number, each: (n: number) => Promise<T>): Promise<T>[] =>
  Array.from({ length: count }, (_, n) => each(n));

describe.skipIf(server === undefined)('on two copies of auth with one MongoDB server', { timeout: 120_000 }, () => {
  let copies: Awaited<ReturnType<typeof twoCopies>>;
  beforeAll(async () => {
    copies = await twoCopies();
  });

  it('a nonce is spent once when a signed request comes a hundred times at once', async () => {
    const created = await copies.create();
    const signed = signedBy(created, { nowMs: clock.now().getTime(), nonce: `nonce-${randomUUID()}` });
    const prove = (n: number) =>
      copies.of(n).ask(ProveApiKey, { apiKey: created.apiKey, address, action: sensitive, signed }, patient);
    expect(await outcomes(many(100, prove))).toEqual({ done: 1, reasons: ['nonce-spent'] });
    const another = signedBy(created, { nowMs: clock.now().getTime(), nonce: `nonce-${randomUUID()}` });
    const again = copies
      .of(1)
      .ask(ProveApiKey, { apiKey: created.apiKey, address, action: sensitive, signed: another });
    expect((await again).keyId).toBe(created.key.keyId);
  });
  it('a key that is rotated many times at once has one successor, whose secret works on both', async () => {
    const { key } = await copies.create();
    const rotate = (n: number) =>
      copies.of(n).ask(RotateApiKey, { tenantId, keyId: key.keyId, graceSeconds: 60, actor }, patient);
    const all = await Promise.allSettled(many(20, rotate));
    const won = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(won).toHaveLength(1);
    for (const n of [0, 1]) {
      const proof = copies.of(n).ask(ProveApiKey, { apiKey: won[0]?.apiKey ?? '', address, action: plain }, patient);
      expect((await proof).keyId).toBe(won[0]?.key.keyId);
    }
  });
  it('a key that is revoked and rotated at once is dead, and both copies list it so for ever', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { key, apiKey } = await copies.create();
      const of = { tenantId, keyId: key.keyId, actor };
      await Promise.allSettled([
        ...many(4, (n) => copies.of(n).ask(RotateApiKey, { ...of, graceSeconds: 60 }, patient)),
        ...many(4, (n) => copies.of(n).ask(RevokeApiKey, of, patient)),
      ]);
      const proof = copies.of(round).ask(ProveApiKey, { apiKey, address, action: plain }, patient);
      await expect(proof).rejects.toMatchObject({ code: 'AUTH_REQUIRED' });
      const { keys } = await copies.of(round + 1).ask(ListApiKeys, { tenantId }, patient);
      expect(keys.find(({ keyId }) => keyId === key.keyId)?.revokedAt).not.toBeNull();
    }
  });
  it('no more keys work than may, when many are created at once', async () => {
    await Promise.allSettled(
      many(60, (n) => copies.of(n).ask(CreateApiKey, { tenantId, label: 'a', env: 'dev', scopes, actor }, patient)),
    );
    const { keys } = await copies.of(0).ask(ListApiKeys, { tenantId }, patient);
    const living = keys.filter(({ revokedAt, successor }) => revokedAt === null && successor === null);
    expect(living.length).toBeLessThanOrEqual(50);
    expect(living.length).toBeGreaterThan(40);
  });
});
