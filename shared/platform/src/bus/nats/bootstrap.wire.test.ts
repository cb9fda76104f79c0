import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { furnish, natsServer } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock as clock } from '../../time/mod.ts';
import { layout } from '../layout/layout.ts';
import { type Bootstrap, natsBootstrap } from './bootstrap.ts';

const server = await natsServer({ ...process.env, NATS_URL: undefined });
const all = server && (await connect({ servers: server.url, waitOnFirstConnect: true }));
const manager = all && (await jetstreamManager(all));
afterAll(async () => {
  await all?.close();
  await server?.stop();
});

describe.skipIf(server === undefined)('the bootstrap of the bus', () => {
  let bootstrap: Bootstrap;
  beforeAll(async () => {
    await furnish(server?.url ?? '');
    bootstrap = await natsBootstrap({ servers: [server?.url ?? ''], replicas: 1, clock });
  });
  afterAll(() => bootstrap.close());

  it('makes the layout of the contracts, and has nothing to do a second time', async () => {
    expect(await bootstrap.differences()).toEqual([]);
    expect(await bootstrap.apply()).toEqual([]);
  });
  it('restores a changed stream and a changed consumer without loss, and the consumer keeps its place', async () => {
    const name = 'quota-requests';
    const { config, created } = (await manager?.consumers.info('VOX_CALLS', name)) ?? {};
    await manager?.consumers.update('VOX_CALLS', name, { ack_wait: 1_000_000_000 });
    await manager?.streams.update('VOX_TRUST', { duplicate_window: 1_000_000_000 });
    expect((await bootstrap.apply()).map((each) => each.name)).toEqual(['VOX_TRUST', name]);
    expect(await bootstrap.differences()).toEqual([]);
    const after = await manager?.consumers.info('VOX_CALLS', name);
    expect(after).toMatchObject({ created, config: { opt_start_time: config?.opt_start_time } });
  });
  it('does not shorten the retention of a stream until the loss is named, and changes nothing before', async () => {
    const shorter = layout({ replicas: 1 });
    const wanted = {
      ...shorter,
      streams: shorter.streams.map((each) =>
        each.name === 'VOX_TRUST' ? { ...each, max_age: 1_000_000_000, duplicate_window: 1_000_000_000 } : each,
      ),
    };
    await jetstream(all as never).publish('vox.security.acted.acme', 'kept');
    const other = await natsBootstrap({ servers: [server?.url ?? ''], replicas: 1, clock, wanted });
    await manager?.consumers.delete('VOX_CALLS', 'quota-requests');
    await expect(other.apply()).rejects.toThrow('--lose VOX_TRUST.max_age');
    await expect(manager?.consumers.info('VOX_CALLS', 'quota-requests')).rejects.toThrow('consumer not found');
    expect((await manager?.streams.info('VOX_TRUST'))?.state.messages).toBe(1);
    await other.apply(['VOX_TRUST.max_age']);
    await expect
      .poll(async () => (await manager?.streams.info('VOX_TRUST'))?.state.messages, { timeout: 10_000 })
      .toBe(0);
    await other.close();
    await bootstrap.apply();
    expect(await bootstrap.differences()).toEqual([]);
  });
  it('shows an unknown consumer and keeps it until it is named; makes a push consumer anew once it is named', async () => {
    await manager?.consumers.add('VOX_CALLS', {
      durable_name: 'stranger',
      ack_policy: 'none' as never,
      deliver_subject: 'x',
    });
    expect(await bootstrap.apply()).toEqual([]);
    expect(await bootstrap.differences()).toMatchObject([{ name: 'stranger', change: 'extra' }]);
    await bootstrap.apply(['stranger']);
    expect(await bootstrap.differences()).toEqual([]);
    await manager?.consumers.delete('VOX_CALLS', 'quota-ends');
    await manager?.consumers.add('VOX_CALLS', {
      durable_name: 'quota-ends',
      ack_policy: 'none' as never,
      deliver_subject: 'x',
    });
    await expect(bootstrap.apply()).rejects.toThrow('--lose quota-ends');
    await bootstrap.apply(['quota-ends']);
    expect(await bootstrap.differences()).toEqual([]);
  });
  it('changes nothing when a stream differs in a field that no server changes', async () => {
    await manager?.streams.delete('VOX_DEAD');
    await manager?.streams.add({ name: 'VOX_DEAD', subjects: ['vox.dead.>'], storage: 'memory' as never });
    await manager?.consumers.delete('VOX_CALLS', 'quota-ends');
    await expect(bootstrap.apply(['VOX_DEAD'])).rejects.toThrow(/no server changes .*storage.*VOX_DEAD/);
    await expect(manager?.consumers.info('VOX_CALLS', 'quota-ends')).rejects.toThrow('consumer not found');
    await manager?.streams.delete('VOX_DEAD');
    expect((await bootstrap.apply()).map(({ name }) => name)).toEqual(['VOX_DEAD', 'quota-ends']);
  });
});
