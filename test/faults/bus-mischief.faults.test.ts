import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection, nkeyAuthenticator } from '@nats-io/transport-node';
import {
  CallStream,
  consumers,
  DeadLetter,
  DeadLetterStream,
  makeFact,
  SessionRequested,
  UsageMetered,
  VerifyAudit,
} from '@vox/contracts';
import { layout, newServiceKey, storedMessages } from '@vox/platform/bus';
import { furnish } from '@vox/testing';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconciled } from '../stack/operator.ts';
import {
  balance,
  comesBack,
  refusedMs,
  serviceNamed,
  shopOn,
  slowest,
  statuses,
  testStack,
  times,
  wholeCall,
  wide,
} from './harness.ts';

/** The owner of the server: no service may delete a consumer or change a stream. */
const owner = newServiceKey();
const { isOpen, stack } = await testStack({
  amendNats: (config) => config.replace('users: [', `users: [\n    { nkey: ${owner.publicKey} },`),
});

/** Connects with the rights of a service, of the operator, or of the server’s owner. */
async function linkAs(service: string): Promise<NatsConnection> {
  const seed =
    { operator: stack.operatorEnv.NATS_NKEY_SEED, owner: owner.seed }[service] ??
    serviceNamed(stack, service).env.NATS_NKEY_SEED;
  return connect({
    servers: stack.servers.nats.url,
    inboxPrefix: `_INBOX.${service.replace(/-\d$/, '')}`,
    authenticator: nkeyAuthenticator(new TextEncoder().encode(seed)),
  });
}
let edge: NatsConnection;
let quota: NatsConnection;
let operator: NatsConnection;
let all: NatsConnection;
let streams: JetStreamManager;
let reader: JetStreamManager;
let mongo: MongoClient;
beforeAll(async () => {
  if (!isOpen) return;
  [edge, quota] = [await linkAs('edge-guard'), await linkAs('quota-1')];
  [operator, all] = [await linkAs('operator'), await linkAs('owner')];
  streams = await jetstreamManager(all, { checkAPI: false });
  reader = await jetstreamManager(operator, { checkAPI: false });
  mongo = await new MongoClient(stack.servers.mongo.url).connect();
});
afterAll(async () => {
  for (const each of [edge, quota, operator, all, mongo]) await each?.close();
});

/** Everything that quota and the broker keep of a tenant, without the numbers of their writes. */
async function keptOf(tenantId: string): Promise<unknown> {
  const found: unknown[] = [];
  for (const database of ['vox_quota', 'vox_session_broker'])
    for (const { name } of await mongo.db(database).listCollections().toArray()) {
      const rows = await mongo.db(database).collection(name).find({}).sort({ _id: 1 }).toArray();
      for (const { revision: _often, ...row } of rows)
        if (JSON.stringify(row).includes(tenantId)) found.push({ name, ...row });
    }
  return found;
}
const deliveredAgain = async (): Promise<void> => {
  for (const { stream, name } of Object.values(consumers)) await streams.consumers.delete(stream, name);
  // Made as by `vox bus apply`, but the streams stay as the test made them.
  const wanted = { streams: [], consumers: layout({ replicas: 1 }).consumers };
  await furnish(stack.servers.nats.url, { nkeySeed: owner.seed, wanted });
};
const deadLetters = async (): Promise<DeadLetter[]> => {
  const letters: DeadLetter[] = [];
  for await (const { data } of storedMessages(reader, DeadLetterStream.name))
    letters.push(DeadLetter.parse(JSON.parse(new TextDecoder().decode(data))));
  return letters;
};

describe.skipIf(!isOpen)('on a bus that misbehaves,', () => {
  it('a second delivery of everything, to consumers that were made again, has no second effect', async () => {
    const shop = await shopOn(stack, wide);
    const live = await shop.start();
    await shop.say('/api/heartbeat', live);
    await times(8, () => wholeCall(shop, { audio_in: 5_000, audio_out: 90_000 }));
    await balance(stack);
    const [before, entries] = [
      await keptOf(shop.tenantId),
      await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId }),
    ];
    const keptBefore = (await reader.streams.info(CallStream.name)).state.messages;
    const { config } = await streams.streams.info(CallStream.name);
    await streams.streams.update(CallStream.name, { ...config, duplicate_window: 100_000_000 });
    await pause(500);

    await deliveredAgain();
    const answers = await times(3, () => shop.start());
    // Requests of this time are consumed as soon as the consumers exist again.
    expect(slowest(answers)).toBeLessThan(6_000);
    await expect
      .poll(async () => (await reader.streams.info(CallStream.name)).state.messages, { timeout: 30_000 })
      .toBeGreaterThan(keptBefore + 20);
    await balance(stack, 60_000);
    for (const answer of answers) if (answer.status === 200) await shop.say('/api/session/end', answer);
    expect((await shop.say('/api/heartbeat', live)).status).toBe(200);
    expect((await shop.say('/api/session/end', live)).status).toBe(200);
    await balance(stack, 60_000);
    await streams.streams.update(CallStream.name, config);
    expect(await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId })).toMatchObject({ broken: null });
    const same = (await keptOf(shop.tenantId)) as { _id: unknown; name: string }[];
    // Calls that had ended before are unchanged.
    const over = (before as { _id: unknown; name: string; state: { kind?: string; closed?: boolean } }[]).filter(
      ({ state }) => state.kind === 'ended' || state.kind === 'denied',
    );
    expect(over.length).toBeGreaterThanOrEqual(8);
    for (const row of over) expect(same.find(({ _id, name }) => _id === row._id && name === row.name)).toEqual(row);
    expect(entries.entries).toBeGreaterThan(0);
  });

  it('facts in another order, to quotas that were stopped meanwhile, are booked once each', async () => {
    const shop = await shopOn(stack, wide);
    const calls = await times(6, () => shop.start());
    expect(statuses(calls)).toEqual({ 200: 6 });
    const quotas = ['quota-1', 'quota-2'].map((name) => serviceNamed(stack, name));
    for (const each of quotas) each.kill('SIGSTOP');
    await times(6, async (n) => {
      const call = calls[n] as never;
      await shop.say('/api/heartbeat', call);
      await shop.say('/api/usage/report', call, {
        responseId: 'r1',
        text_in: 0,
        text_out: 0,
        audio_in: 0,
        audio_out: 1_000,
      });
      await shop.say('/api/session/end', call);
      await shop.say('/api/usage/report', call, {
        responseId: 'r2',
        text_in: 0,
        text_out: 0,
        audio_in: 0,
        audio_out: 500,
      });
    });
    // An older total of the meter comes last.
    const stale = {
      tenantId: shop.tenantId,
      sessionId: String(calls[0]?.body.id),
      connectedSeconds: 0,
    };
    const broker = await linkAs('session-broker-1');
    await jetstream(broker, { checkAPI: false }).publish(
      `${UsageMetered.name}.${stale.tenantId}.${stale.sessionId}`,
      JSON.stringify(makeFact(UsageMetered, { id: randomUUID(), source: 'session-broker', at: new Date() }, stale)),
    );
    await broker.close();
    for (const each of quotas) each.kill('SIGCONT');
    await balance(stack, 60_000);
    const usage = await shop.say('/api/usage/report', calls[0] as never, {
      responseId: 'r2',
      text_in: 0,
      text_out: 0,
      audio_in: 0,
      audio_out: 500,
    });
    expect(usage.body).toMatchObject({ tokens: 1_500, usage: { tokens: 9_000 } });
  });

  it('a message that is no fact becomes a dead letter with its cause, and the next facts pass', async () => {
    const shop = await shopOn(stack, wide);
    const before = (await deadLetters()).length;
    const at = (): string => `${SessionRequested.name}.${shop.tenantId}.${randomUUID()}`;
    // They look old enough that reconciliation waits for nothing more.
    const at60sAgo = new Date(Date.now() - 60_000);
    const good = makeFact(
      SessionRequested,
      { id: randomUUID(), source: 'test', at: at60sAgo },
      {
        tenantId: shop.tenantId,
        sessionId: randomUUID(),
        identity: { kind: 'console', userId: 'u' },
        deadlineAt: new Date().toISOString(),
      },
    );
    const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    const bad: readonly (readonly [Uint8Array, RegExp])[] = [
      [new TextEncoder().encode('no JSON'), /body: not JSON/],
      [encode({ hello: 'world' }), /envelope: /],
      [encode({ ...good, type: 'vox.session.requested.v2' }), /type: not of a kind and version/],
      [encode({ ...good, data: { ...good.data, deadlineAt: 'tomorrow' } }), /data: deadlineAt/],
      [new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]), /body: not JSON in UTF-8/],
      [new Uint8Array(1024 * 1024).fill(0x78), /body: not JSON/],
    ];
    const subjectNames = bad.map(at);
    for (const [n, [bytes]] of bad.entries())
      await jetstream(edge, { checkAPI: false }).publish(subjectNames[n] ?? '', bytes);
    expect(statuses(await times(5, () => wholeCall(shop)))).toEqual({ 200: 5 });
    // Quota and the audit log each give all of them up.
    await expect.poll(async () => (await deadLetters()).length, { timeout: 20_000 }).toBe(before + 2 * bad.length);
    const letters = await deadLetters();
    for (const [n, [bytes, cause]] of bad.entries()) {
      const mine = letters.filter(({ subjectName }) => subjectName === subjectNames[n]);
      expect(mine.map(({ consumer }) => consumer).sort()).toEqual(['compliance-audit-calls', 'quota-requests']);
      for (const letter of mine) {
        expect(letter.cause).toMatch(cause);
        expect(letter.sizeBytes).toBe(bytes.length);
      }
    }
    await balance(stack);
    expect((await reconciled(stack)).notes.length).toBeGreaterThanOrEqual(2 * bad.length);
  });

  it('a full stream refuses new calls within a second, ends no live call and loses nothing', async () => {
    const shop = await shopOn(stack, wide);
    const live = await times(3, () => shop.start());
    await times(3, (n) => shop.say('/api/heartbeat', live[n] as never));
    const { config, state } = await streams.streams.info(CallStream.name);
    await streams.streams.update(CallStream.name, { ...config, max_bytes: state.bytes + 2_000 });
    const during = await times(10, () => shop.start());
    const full = await times(5, () => shop.start());
    expect(statuses(full)).toEqual({ 503: 5 });
    expect(full.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    expect(slowest(full)).toBeLessThan(refusedMs);
    expect(during.every(({ status, sentMs }) => [200, 503].includes(status) && sentMs < 6_000)).toBe(true);
    await streams.streams.update(CallStream.name, config);
    await comesBack(shop);
    expect(statuses(await times(3, (n) => shop.say('/api/heartbeat', live[n] as never)))).toEqual({ 200: 3 });
    await times(3, (n) => shop.say('/api/session/end', live[n] as never));
    await balance(stack, 60_000);
  });
});
