import { consumers, KeyRevoked, makeFact, type ServiceName, ShowStatus } from '@vox/contracts';
import { furnish, natsWithRights } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Bus, natsBus, reject } from '../bus/mod.ts';
import { systemClock as clock } from '../time/mod.ts';
import { answerStatus } from './mod.ts';

// Every right is the one of the contracts: what a service needs and may not do fails here.
const server = await natsWithRights(process.env);
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await server?.stop();
});
async function busOf(service: ServiceName): Promise<Bus> {
  const nkeySeed = server?.keys[service]?.seed;
  const bus = await natsBus({ servers: [server?.url ?? ''], service, nkeySeed, clock, onThrow: () => undefined });
  closing.push(bus.close);
  return bus;
}
async function copyOf(service: ServiceName, name: string): Promise<Bus> {
  const bus = await busOf(service);
  await answerStatus(bus, { service, bus, copy: { name, startedAt: new Date(0), state: () => 'working' } });
  return bus;
}
const within = { timeoutMs: 700, proof: 'a-proof' };

describe.skipIf(!server?.owned)('with the rights of the contracts on a real bus', () => {
  let edge: Bus;
  let broker: Bus;
  beforeAll(async () => {
    await furnish(server?.url ?? '', { nkeySeed: server?.keys.bootstrap?.seed });
    [edge, broker] = [await copyOf('edge-guard', 'edge:1'), await copyOf('session-broker', 'broker:1')];
    await copyOf('edge-guard', 'edge:2');
    await copyOf('session-broker', 'broker:2');
  });

  it('edge-guard hears every copy of each service, and of its own, and none of a service that is down', async () => {
    const { promise, resolve } = Promise.withResolvers<'ack'>();
    await broker.consume(consumers.brokerRevocations, () => promise);
    const head = { id: 'revoked', source: 'auth', at: new Date() };
    const data = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'operator:ada' };
    await (await busOf('auth')).publish(KeyRevoked, makeFact(KeyRevoked, head, data));
    const copies = async (service: ServiceName) =>
      (await edge.askEvery(ShowStatus[service], {}, within)).toSorted((a, b) => a.copy.localeCompare(b.copy));
    await vi.waitFor(
      async () =>
        expect(await copies('session-broker')).toMatchObject([
          {
            copy: 'broker:1',
            consumers: [{ consumer: consumers.brokerRevocations.name, waiting: 0, inWork: 1, redelivered: 0 }],
          },
          { copy: 'broker:2', consumers: [] },
        ]),
      { timeout: 5_000 },
    );
    resolve('ack');
    expect((await copies('edge-guard')).map(({ copy }) => copy)).toEqual(['edge:1', 'edge:2']);
    expect(await copies('quota')).toEqual([]);
  }, 20_000);
  it('no other service may ask it, and compliance alone lists and counts what was given up', async () => {
    const asked = broker.askEvery(ShowStatus['edge-guard'], {}, within);
    expect(await asked.catch(() => [])).toEqual([]);
    const compliance = await busOf('compliance');
    const consumer = consumers.auditTrust;
    await compliance.consume(consumer, async () => reject('data: no'));
    const counted = async () => [...(await compliance.countLetters())];
    await vi.waitFor(async () => expect(await counted()).toEqual([[consumer.name, 1]]), { timeout: 5_000 });
    expect(await compliance.lettersAfter(0, 25, consumer.name)).toMatchObject([{ letter: { cause: 'data: no' } }]);
    await expect(edge.countLetters()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await expect(edge.lettersAfter(0, 25)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  }, 20_000);
});
