import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import {
  bucketStreamOf,
  type Consumer,
  changePrefixOf,
  consumers,
  DeadLetter,
  DeadLetterStream,
  KeyRevoked,
  makeFact,
  RevocationDocument,
  revocationKey,
  SessionExpiring,
} from '@vox/contracts';
import { furnish, natsServer } from '@vox/testing';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../../time/mod.ts';
import type { Bus } from '../bus.ts';
import { layout, layoutOf } from '../layout/layout.ts';
import { busPromises } from '../promises/bus.promises.ts';
import { natsBus } from './bus.ts';
import { natsView } from './view.ts';

const server = await natsServer(process.env);
const links: NatsConnection[] = [];
const views: Awaited<ReturnType<typeof natsView>>[] = [];
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
  for (const each of [...links, ...views]) await each.close();
  await server?.stop();
});

const maxBytes = 16 * 1024 * 1024;
const open = (onThrow: (error: unknown) => void = () => undefined) =>
  natsBus({ servers: [server?.url ?? ''], service: 'test', clock: systemClock, retryMs: 10, onThrow });

/** Makes a consumer of a test before the bus works on it: no bus does. */
async function make(consumer: Consumer): Promise<void> {
  const whole = layout({ replicas: 1, maxBytes });
  await furnish(server?.url ?? '', { wanted: { streams: whole.streams, consumers: [layoutOf(consumer)] } });
}
const expiring = (sessionId: string = randomUUID()) =>
  makeFact(
    SessionExpiring,
    { id: `expiring:${sessionId}`, source: 'test', at: new Date() },
    { tenantId: 'acme', sessionId, endsAt: new Date().toISOString() },
  );
const making = (bus: Bus): Bus => ({
  ...bus,
  async consume(consumer, handle) {
    await make(consumer);
    return bus.consume(consumer, handle);
  },
});
const revoked = () =>
  makeFact(
    KeyRevoked,
    { id: randomUUID(), source: 'test', at: new Date() },
    { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'tester' },
  );

// It empties the server for each promise, so it runs only on one that it started itself.
describe.skipIf(!server?.owned)('the bus on NATS', () => {
  busPromises('the NATS bus', async () => {
    const other = await link();
    const manager = await jetstreamManager(other);
    for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name);
    await furnish(server?.url ?? '', { maxBytes });
    const letters: DeadLetter[] = [];
    other.subscribe(DeadLetterStream.subjectFilter, {
      callback: (_error, message) => void letters.push(DeadLetter.parse(message.json())),
    });
    await other.flush();
    const bus = making(await open());
    const view = await natsView({ servers: [server?.url ?? ''] });
    views.push(view);
    const inject = (subjectName: string, bytes: Uint8Array): void => other.publish(subjectName, bytes);
    return { bus, deadLetters: () => letters, inject, view };
  });

  it('refuses a fact while its stream is full, loses none that the stream holds, and takes the fact when there is room', async () => {
    await furnish(server?.url ?? '', { maxBytes: 64 * 1024 });
    const bus = await open();
    let stored = 0;
    const publish = async () => {
      await bus.publish(KeyRevoked, revoked());
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
    await furnish(server?.url ?? '', { maxBytes });
    await publish();
    await bus.close();
  });

  it('waits for a deleted consumer until it is made again, reports the wait, and misses nothing', async () => {
    const manager = await jetstreamManager(await link());
    const thrown: unknown[] = [];
    const bus = making(await open((error) => thrown.push(error)));
    const consumer = { ...consumers.brokerRevocations, name: `test-${randomUUID()}` };
    const seen: string[] = [];
    await bus.consume(consumer, async ({ id }) => {
      seen.push(id);
      return 'ack';
    });
    await manager.consumers.delete(consumer.stream, consumer.name);
    const fact = revoked();
    await bus.publish(KeyRevoked, fact);
    const named = `consumer ${consumer.name} of VOX_TRUST is not there`;
    await vi.waitFor(() => expect(thrown.map(String).join()).toContain(named), { timeout: 10_000 });
    await expect(manager.consumers.info(consumer.stream, consumer.name)).rejects.toThrow('consumer not found');
    await make(consumer);
    await vi.waitFor(() => expect(seen).toContain(fact.id), { timeout: 15_000 });
    await bus.close();
  });
  it('takes a forged change for a hint: neither its words nor its sequence move a replica', async () => {
    await furnish(server?.url ?? '', { maxBytes });
    const bus = await open();
    const other = await link();
    const documents = bus.documents(RevocationDocument);
    const [key, forged, next] = ['1', '2', '3'].map((n) => revocationKey('session', n)) as [string, string, string];
    const document = { at: new Date().toISOString(), until: null };
    await documents.put(key, document);
    const replica = await documents.follow();
    const { state } = await (await jetstreamManager(other)).streams.info(bucketStreamOf(RevocationDocument));
    for (const sequence of [state.last_seq + 1, 1_000_000]) {
      const told = headers();
      told.set('Nats-Sequence', String(sequence));
      other.publish(`${changePrefixOf(RevocationDocument)}${forged}`, JSON.stringify(document), { headers: told });
    }
    await other.flush();
    await pause(500);
    await documents.put(next, document);
    await vi.waitFor(() => expect(replica.get(next)).toEqual(document), { timeout: 5_000 });
    // Longer than the replica takes to look by itself.
    await pause(5_500);
    expect([replica.current(), replica.get(key), replica.get(forged)]).toEqual([true, document, undefined]);
    await replica.stop();
    await bus.close();
  });
  it('sends no answer to an address that is no inbox, such as a fact or a document', async () => {
    const bus = await open();
    const other = await link();
    const heard: string[] = [];
    for (const name of ['vox.>', '$KV.>', '_INBOX.>'])
      other.subscribe(name, { callback: (_error, { subject }) => void heard.push(subject) });
    await other.flush();
    for (const replyTo of ['vox.session.admitted.acme.x', '$KV.vox-keys.x', '_INBOX.edge-guard.x'])
      await bus.reply(replyTo, z.object({}), {});
    await vi.waitFor(() => expect(heard).toContain('_INBOX.edge-guard.x'));
    expect(heard.filter((name) => name.endsWith('.x'))).toEqual(['_INBOX.edge-guard.x']);
    await bus.close();
  });
  it('refuses to work on a consumer that is not as the contracts declare it', async () => {
    const bus = await open();
    const consumer = { ...consumers.brokerRevocations, name: `test-${randomUUID()}` };
    await expect(bus.consume(consumer, async () => 'ack')).rejects.toThrow(/is not there/);
    await make({ ...consumer, ackWaitMs: 60_000 });
    await expect(bus.consume(consumer, async () => 'ack')).rejects.toThrow(/is not as declared in ack_wait/);
    await bus.close();
  });
  it('fails an erasure when the server keeps the message', async () => {
    const kept = await natsServer({ ...process.env, NATS_URL: undefined });
    const servers = [kept?.url ?? ''];
    await furnish(servers[0] ?? '');
    const bus = await natsBus({ servers, service: 'test', clock: systemClock, onThrow: () => undefined });
    const raw = await connect({ servers });
    const manager = await jetstreamManager(raw);
    for (let n = 0; n < 40; n += 1) await bus.publish(SessionExpiring, expiring());
    // Of each message one of the two is told that it is not there any more.
    const both = [1, 2].map(() => bus.forget([SessionExpiring], { tenantId: 'acme' }));
    expect((await Promise.all(both)).reduce((one, other) => one + other)).toBe(40);

    await bus.publish(SessionExpiring, expiring());
    const name = await manager.streams.find(`${SessionExpiring.name}.acme.x`);
    await manager.streams.update(name, { deny_delete: true });
    await expect(bus.forget([SessionExpiring], { tenantId: 'acme' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await manager.streams.info(name)).state.messages).toBe(1);
    await bus.close();
    await raw.close();
    await kept?.stop();
  });
  it('leaves no byte of an erased fact in the server’s folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'vox-forgets-'));
    const kept = await natsServer({ ...process.env, NATS_URL: undefined }, folder);
    await furnish(kept?.url ?? '');
    const bus = await natsBus({
      servers: [kept?.url ?? ''],
      service: 'test',
      clock: systemClock,
      onThrow: () => undefined,
    });
    const canary = randomUUID();
    await bus.publish(SessionExpiring, expiring(canary));
    await bus.publish(SessionExpiring, expiring());
    const held = (): number =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .filter((entry) => readFileSync(join(entry.parentPath, entry.name)).includes(canary)).length;
    await vi.waitFor(() => expect(held()).toBe(1), { timeout: 5_000 });
    expect(await bus.forget([SessionExpiring], { tenantId: 'acme' })).toBe(2);
    await vi.waitFor(() => expect(held()).toBe(0), { timeout: 5_000 });
    await bus.close();
    await kept?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  it('reports nothing after it is closed, although a consumer was left running', async () => {
    const thrown: unknown[] = [];
    const bus = await open((error) => thrown.push(error));
    await making(bus).consume({ ...consumers.brokerRevocations, name: `test-${randomUUID()}` }, async () => 'ack');
    await bus.close();
    // Longer than the pause before a consumer builds itself again.
    await pause(1_000);
    expect(thrown).toEqual([]);
  });
  it('answers UNAVAILABLE in time while the server hangs, and works again when the server is back', async () => {
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
