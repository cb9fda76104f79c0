import { consumers, KeyRevoked, ShowCopy, ShowStatus } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { Fault } from '../../fault/mod.ts';
import { reject } from '../bus.ts';
import { at, type OpenedBus, revoked } from './bus.fixture.ts';

const told = (copy: string) => ({
  ...{ copy, version: '1.0.0', startedAt: at.toISOString(), state: 'working' as const },
  ...{ dependencies: [], breakers: [], consumers: [] },
});

/** What every bus promises of how far consumers are, and of questions that every copy answers. */
export function progressPromises(opened: OpenedBus): void {
  it('tells how far the consumers of this process are, until they are stopped', async () => {
    const { bus } = opened();
    const { promise, resolve } = Promise.withResolvers<'ack'>();
    const running = await bus.consume(consumers.brokerRevocations, () => promise);
    const own = async () =>
      (await bus.progress()).find(({ consumer }) => consumer === consumers.brokerRevocations.name);
    expect(await own()).toMatchObject({ waiting: 0, inWork: 0, oldestSeconds: null });
    await bus.publish(KeyRevoked, revoked());
    await vi.waitFor(async () => expect(await own()).toMatchObject({ inWork: 1, oldestSeconds: expect.any(Number) }));
    resolve('ack');
    await vi.waitFor(async () => expect(await own()).toMatchObject({ waiting: 0, inWork: 0, oldestSeconds: null }));
    await running.stop();
  });
  it('knows no age of a message that was given up', async () => {
    const { bus } = opened();
    const running = await bus.consume(consumers.brokerRevocations, async () => reject('no'));
    await bus.publish(KeyRevoked, revoked());
    await vi.waitFor(async () => expect([...(await bus.countLetters()).values()]).toEqual([1]), { timeout: 5_000 });
    await vi.waitFor(async () => expect((await bus.progress())[0]).toMatchObject({ inWork: 0, oldestSeconds: null }));
    await running.stop();
  });
  it('brings the answers of every copy of a service that answers in time, with the proof of whoever asks', async () => {
    const { bus } = opened();
    const proofs: unknown[] = [];
    for (const copy of ['host:1', 'host:2'])
      await bus.answer(ShowStatus.quota, async (_asked, { proof }) => {
        proofs.push(proof);
        return told(copy);
      });
    await bus.answer(ShowStatus.quota, () => new Promise(() => undefined));
    const said = await bus.askEvery(ShowStatus.quota, {}, { timeoutMs: 300, proof: 'a-proof' });
    expect(said.map(({ copy }) => copy).sort()).toEqual(['host:1', 'host:2']);
    expect(proofs).toEqual(['a-proof', 'a-proof']);
    expect(await bus.askEvery(ShowStatus.auth, {}, { timeoutMs: 300 })).toEqual([]);
  });
  it('throws the refusal of every copy of a service, and passes over that of one of several', async () => {
    const { bus } = opened();
    await bus.answer(ShowCopy.auth, async () => {
      throw new Fault('FORBIDDEN');
    });
    const asked = () => bus.askEvery(ShowCopy.auth, {}, { timeoutMs: 300 });
    await expect(asked()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await bus.answer(ShowCopy.auth, async () => told('host:2'));
    expect(await asked()).toMatchObject([{ copy: 'host:2' }]);
  });
}
