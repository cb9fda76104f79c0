import { randomUUID } from 'node:crypto';
import {
  consumers,
  KeyRevoked,
  makeFact,
  QuotaThreshold,
  SessionExpiring,
  ShowCopy,
  TranscriptAppended,
} from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import type { Told, Wanted } from '../view.ts';
import { at, type OpenedBus, passed, revoked } from './bus.fixture.ts';

const expiring = (tenantId: string, sessionId: string) =>
  makeFact(
    SessionExpiring,
    { id: `expiring:${tenantId}:${sessionId}`, source: 'test', at },
    { tenantId, sessionId, endsAt: at.toISOString() },
  );

/** What every bus promises to show an operator. */
export function viewPromises(opened: OpenedBus): void {
  const whenever = { from: new Date(0), to: new Date(Date.now() + 3_600_000) };
  const toldOf = async (wanted: Wanted, within = whenever): Promise<readonly Told[]> => {
    const found: Told[] = [];
    for await (const each of opened().view.told(wanted, within)) found.push(each);
    return found;
  };

  it('shows what its open streams hold in the order in which they stored it, of a tenant, a call, a kind or a time', async () => {
    const { bus } = opened();
    const [one, two] = [randomUUID(), randomUUID()];
    const tenant = `t-${one.slice(0, 8)}`;
    await bus.publish(SessionExpiring, expiring(tenant, one));
    await bus.publish(QuotaThreshold, passed(tenant, `threshold:${one}`));
    await bus.publish(SessionExpiring, expiring(tenant, two));
    await bus.publish(SessionExpiring, expiring('other', one));
    const ids = async (wanted: Wanted, within?: typeof whenever) =>
      (await toldOf(wanted, within)).map(({ tenantId, id }) => `${tenantId} ${id}`);
    const [first, second, third] = [
      `${tenant} expiring:${tenant}:${one}`,
      `${tenant} threshold:${one}`,
      `${tenant} expiring:${tenant}:${two}`,
    ];
    const all = await ids({});
    expect(all.filter((each) => each.startsWith(tenant))).toEqual([first, second, third]);
    expect(await ids({ tenantId: tenant })).toEqual([first, second, third]);
    expect(await ids({ sessionId: one })).toEqual([first, `other expiring:other:${one}`]);
    expect(await ids({ tenantId: tenant, sessionId: one })).toEqual([first]);
    expect(await ids({ tenantId: tenant, kinds: [QuotaThreshold] })).toEqual([second]);
    expect(await ids({ tenantId: tenant, kinds: [KeyRevoked] })).toEqual([]);
    expect(await ids({ tenantId: tenant }, { from: new Date(0), to: new Date(1) })).toEqual([]);
    expect(await ids({ tenantId: tenant }, { from: new Date(Date.now() + 60_000), to: whenever.to })).toEqual([]);
    expect(await toldOf({ sessionId: two })).toMatchObject([
      { name: SessionExpiring.name, tenantId: tenant, sessionId: two, stream: 'VOX_CALLS', fact: { source: 'test' } },
    ]);
  });
  it('tells of each fact once it is stored, and of what was said in a call the header alone, now and afterwards', async () => {
    const { bus, view } = opened();
    const sessionId = randomUUID();
    const heard: Told[] = [];
    const listening = await view.listen({ tenantId: 'acme', sessionId }, (told) => void heard.push(told));
    const said = {
      tenantId: 'acme',
      sessionId,
      messageId: 'm1',
      role: 'user',
      text: 'the canary sings',
      sequence: 0,
    } as const;
    const head = { id: `transcript:${sessionId}`, source: 'test', at };
    await bus.publish(TranscriptAppended, makeFact(TranscriptAppended, head, { ...said, at: at.toISOString() }));
    await bus.publish(SessionExpiring, expiring('acme', sessionId));
    await bus.publish(SessionExpiring, expiring('acme', randomUUID()));
    await vi.waitFor(() => expect(heard).toHaveLength(2), { timeout: 5_000 });
    expect(heard.map(({ name }) => name).sort()).toEqual([SessionExpiring.name, TranscriptAppended.name]);
    expect(heard.find(({ name }) => name === TranscriptAppended.name)).toMatchObject({
      ...{ tenantId: 'acme', sessionId, stream: 'VOX_TRANSCRIPTS', fact: null, sizeBytes: expect.any(Number) },
    });
    expect(JSON.stringify([heard, await toldOf({})])).not.toContain('canary');
    await listening.stop();
    await bus.publish(SessionExpiring, { ...expiring('acme', sessionId), id: randomUUID() });
    await bus.healthy();
    expect(heard).toHaveLength(2);
  });
  it('shows how full its streams are, and how far behind its consumers', async () => {
    const { bus, view } = opened();
    const { promise, resolve } = Promise.withResolvers<'ack'>();
    const running = await bus.consume(consumers.brokerRevocations, () => promise);
    await bus.publish(KeyRevoked, revoked());
    const lag = async () =>
      (await view.consumers()).find(({ consumer }) => consumer === consumers.brokerRevocations.name);
    await vi.waitFor(async () => expect(await lag()).toMatchObject({ service: 'session-broker', inWork: 1 }));
    const trust = (await view.streams()).find(({ stream }) => stream === 'VOX_TRUST');
    expect(trust).toMatchObject({
      messages: expect.any(Number),
      ageMaxSeconds: 30 * 86_400,
      newestAt: expect.any(String),
    });
    expect(trust?.messages).toBeGreaterThan(0);
    expect(trust?.bytes).toBeGreaterThan(0);
    resolve('ack');
    await vi.waitFor(async () => expect(await lag()).toMatchObject({ waiting: 0, inWork: 0 }));
    await running.stop();
  });
  it('asks every copy of a service, where another question goes to one of them', async () => {
    const { bus, view } = opened();
    const copies = ['host:1', 'host:2'];
    for (const copy of copies)
      await bus.answer(ShowCopy.quota, async () => ({
        copy,
        version: '1',
        startedAt: at.toISOString(),
        state: 'working' as const,
      }));
    const said = await view.askEvery(ShowCopy.quota, {}, { timeoutMs: 300 });
    expect(said.map(({ copy }) => copy).sort()).toEqual(copies);
    expect(await view.askEvery(ShowCopy.auth, {}, { timeoutMs: 300 })).toEqual([]);
  });
}
