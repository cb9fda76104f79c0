import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { consumers, DeadLetter, DeadLetterStream, KeyRevoked, makeFact, RevocationDocument } from '../contracts/mod.ts';
import { natsServer } from '../testing/servers.ts';
import { systemClock } from '../time/mod.ts';
import { busPromises } from './bus.promises.ts';
import { natsBus } from './nats.ts';

const server = await natsServer(process.env);
const links: NatsConnection[] = [];
const link = async (): Promise<NatsConnection> => {
  const made = await connect({
    servers: server?.url ?? '',
    waitOnFirstConnect: true,
    maxReconnectAttempts: 100,
    reconnectTimeWait: 50,
  });
  links.push(made);
  return made;
};
afterAll(async () => {
  for (const each of links) await each.close();
  await server?.stop();
});

const open = (onThrow: (error: unknown) => void = () => undefined, maxStreamBytes = 16 * 1024 * 1024) =>
  natsBus({
    servers: [server?.url ?? ''],
    service: 'test',
    clock: systemClock,
    maxStreamBytes,
    retryMs: 10,
    onThrow,
  });
const revoked = () =>
  makeFact(
    KeyRevoked,
    { id: randomUUID(), source: 'test', at: new Date() },
    { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'tester' },
  );

// It empties the server for each promise, so it runs only on one that it started itself.
describe.skipIf(!server?.owned)('NATS', () => {
  busPromises('the NATS bus', async () => {
    const other = await link();
    const manager = await jetstreamManager(other);
    for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name);
    const letters: DeadLetter[] = [];
    other.subscribe(DeadLetterStream.subjectFilter, {
      callback: (_error, message) => void letters.push(DeadLetter.parse(message.json())),
    });
    await other.flush();
    const bus = await open();
    return { bus, deadLetters: () => letters, inject: (subjectName, bytes) => other.publish(subjectName, bytes) };
  });

  it('refuses a fact when the stream is full, loses none that it holds, and takes it when there is room', async () => {
    const small = await open(undefined, 64 * 1024);
    let stored = 0;
    const publish = async () => {
      await small.publish(KeyRevoked, revoked());
      stored += 1;
    };
    const full = async (): Promise<unknown> => {
      for (;;) {
        const failed = await publish().catch((error: unknown) => error);
        if (failed !== undefined) return failed;
      }
    };
    expect(await full()).toMatchObject({ code: 'UNAVAILABLE' });
    const manager = await jetstreamManager(await link());
    expect((await manager.streams.info('VOX_TRUST')).state.messages).toBeGreaterThanOrEqual(stored);
    const roomy = await open();
    await publish();
    await roomy.close();
    await small.close();
  });

  it('builds a consumer again that was deleted under it, and misses nothing', async () => {
    const manager = await jetstreamManager(await link());
    const bus = await open();
    const consumer = { ...consumers.brokerRevocations, name: `test-${randomUUID()}` };
    const seen: string[] = [];
    await bus.consume(consumer, async ({ id }) => {
      seen.push(id);
      return 'done';
    });
    await manager.consumers.delete(consumer.stream, consumer.name);
    const fact = revoked();
    await bus.publish(KeyRevoked, fact);
    await vi.waitFor(() => expect(seen).toContain(fact.id), { timeout: 15_000 });
    await bus.close();
  });
  it('leaves no byte of a forgotten fact in the server’s folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vox-forgets-'));
    const kept = await natsServer({ ...process.env, NATS_URL: undefined }, folder);
    const bus = await natsBus({
      servers: [kept?.url ?? ''],
      service: 'test',
      clock: systemClock,
      onThrow: () => undefined,
    });
    const actor = `canary-${randomUUID()}`;
    const told = revoked();
    await bus.publish(KeyRevoked, { ...told, data: { ...told.data, actor } });
    await bus.publish(KeyRevoked, revoked());
    const held = (): number =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(actor)).length;
    await vi.waitFor(() => expect(held()).toBe(1), { timeout: 5_000 });
    expect(await bus.forget([KeyRevoked], { tenantId: 'acme' })).toBe(2);
    await vi.waitFor(() => expect(held()).toBe(0), { timeout: 5_000 });
    await bus.close();
    await kept?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  it('is quiet once it is closed, although a consumer was left running', async () => {
    const thrown: unknown[] = [];
    const bus = await open((error) => thrown.push(error));
    await bus.consume({ ...consumers.brokerRevocations, name: `test-${randomUUID()}` }, async () => 'done');
    await bus.close();
    // Longer than the pause before a consumer builds itself again.
    await pause(1_000);
    expect(thrown).toEqual([]);
  });
  it('says UNAVAILABLE within its time while the server hangs, and goes on when it is back', async () => {
    const bus = await open();
    const replica = await bus.documents(RevocationDocument).follow();
    server?.kill('SIGSTOP');
    // A signal is obeyed a little later: the first may still be taken.
    const publish = () => bus.publish(KeyRevoked, revoked(), { timeoutMs: 300 });
    await vi.waitFor(() => expect(publish()).rejects.toMatchObject({ code: 'UNAVAILABLE' }), { timeout: 15_000 });
    await vi.waitFor(() => expect(replica.current()).toBe(false), { timeout: 15_000 });
    server?.kill('SIGCONT');
    await vi.waitFor(() => expect(replica.current()).toBe(true), { timeout: 15_000 });
    await vi.waitFor(async () => expect(await bus.publish(KeyRevoked, revoked())).toEqual({ duplicate: false }), {
      timeout: 15_000,
    });
    await bus.close();
  });
});
