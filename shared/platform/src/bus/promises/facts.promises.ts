import { setTimeout as pause } from 'node:timers/promises';
import { type Fact, KeyRevoked } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { Fault } from '../../fault/mod.ts';
import { reject } from '../bus.ts';
import { hearing, lettersOf, malformed, type OpenedBus, revoked } from './bus.fixture.ts';

/** What every bus promises of facts and their delivery. */
export function factPromises(opened: OpenedBus): void {
  it('stores a fact once however often its id is published', async () => {
    const { bus } = opened();
    const fact = revoked();
    expect(await bus.publish(KeyRevoked, fact)).toEqual({ duplicate: false });
    expect(await bus.publish(KeyRevoked, fact)).toEqual({ duplicate: true });
  });
  it('hands a late consumer the facts that it missed', async () => {
    const { bus } = opened();
    const fact = revoked();
    await bus.publish(KeyRevoked, fact);
    const seen: string[] = [];
    await bus.consume(hearing(), async ({ id }) => {
      seen.push(id);
      return 'ack';
    });
    await vi.waitFor(() => expect(seen).toContain(fact.id));
  });
  it('hands each fact of a consumer to one of its copies', async () => {
    const { bus } = opened();
    const consumer = hearing();
    const seen: string[] = [];
    const copy = async ({ id }: Fact) => {
      seen.push(id);
      return 'ack' as const;
    };
    await bus.consume(consumer, copy);
    await bus.consume(consumer, copy);
    const facts = Array.from({ length: 20 }, () => revoked());
    for (const fact of facts) await bus.publish(KeyRevoked, fact);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(facts.length));
    expect(new Set(seen).size).toBe(seen.length);
  });
  it('leaves a message with a copy whose handler works past the ack wait, and takes it from a copy that hangs', async () => {
    const { bus } = opened();
    const consumer = hearing({ ackWaitMs: 200 });
    const heard: number[] = [];
    const slow = async (_fact: unknown, { deliveries }: { deliveries: number }) => {
      heard.push(deliveries);
      await pause(deliveries === 1 && heard.length > 1 ? 2_000 : 500);
      return 'ack' as const;
    };
    const copies = [await bus.consume(consumer, slow), await bus.consume(consumer, slow)];
    await bus.publish(KeyRevoked, revoked());
    await pause(900);
    expect(heard).toEqual([1]);
    await bus.publish(KeyRevoked, revoked());
    await vi.waitFor(() => expect(heard).toEqual([1, 1, 2]), { timeout: 3_000 });
    for (const copy of copies) await Promise.race([copy.stop(), pause(1_000)]);
  });
  it('delivers a message again after retry or a throw, and writes a dead letter after the last delivery', async () => {
    const { bus } = opened();
    const consumer = hearing();
    const fact = revoked();
    const seen: number[] = [];
    await bus.consume(consumer, async ({ id }, { deliveries }) => {
      if (id !== fact.id) return 'ack';
      seen.push(deliveries);
      if (deliveries === 1) throw new Error('broke');
      return 'retry';
    });
    await bus.publish(KeyRevoked, fact);
    await vi.waitFor(async () => expect(await lettersOf(opened(), consumer)).toMatchObject([{ deliveries: 3 }]), {
      timeout: 5_000,
    });
    expect(seen).toEqual([1, 2, 3]);
  });
  it('waits for a dependency for as long as it is down, and writes no dead letter', async () => {
    const { bus } = opened();
    const consumer = hearing();
    const fact = revoked();
    let deliveries = 0;
    await bus.consume(consumer, async ({ id }, delivery) => {
      if (id !== fact.id) return 'ack';
      deliveries = delivery.deliveries;
      if (deliveries <= 2 * consumer.maxDeliveries) throw new Fault('UNAVAILABLE');
      return 'ack';
    });
    await bus.publish(KeyRevoked, fact);
    await vi.waitFor(() => expect(deliveries).toBe(2 * consumer.maxDeliveries + 1), { timeout: 10_000 });
    expect(await lettersOf(opened(), consumer)).toEqual([]);
  });
  it('replays no further back than a new consumer may hear, and misses nothing from then on', async () => {
    const { bus } = opened();
    const old = revoked();
    await bus.publish(KeyRevoked, old);
    await pause(400);
    const seen: string[] = [];
    await bus.consume(hearing({ replayMaxMs: 200 }), async ({ id }) => {
      seen.push(id);
      return 'ack';
    });
    const fact = revoked();
    await bus.publish(KeyRevoked, fact);
    await vi.waitFor(() => expect(seen).toContain(fact.id));
    expect(seen).not.toContain(old.id);
  });
  it('tells the time by one clock that all copies share', async () => {
    const { bus } = opened();
    expect(Math.abs((await bus.time()).getTime() - Date.now())).toBeLessThan(1_000);
  });
  it('writes a dead letter even for the longest message, and delivers what comes after it', async () => {
    const { bus } = opened();
    const consumer = hearing();
    const longest = new TextEncoder().encode('x'.repeat(1024 * 1024));
    const seen: string[] = [];
    await bus.consume(consumer, async ({ id }) => {
      seen.push(id);
      return 'ack';
    });
    await opened().inject(`${KeyRevoked.name}.acme`, longest);
    const fact = revoked();
    await bus.publish(KeyRevoked, fact);
    await vi.waitFor(
      async () => expect(await lettersOf(opened(), consumer)).toMatchObject([{ sizeBytes: longest.length }]),
      {
        timeout: 5_000,
      },
    );
    await vi.waitFor(() => expect(seen).toEqual([fact.id]));
  });
  it('writes a dead letter with its cause for a message that a handler rejects', async () => {
    const { bus } = opened();
    const consumer = hearing();
    const fact = revoked();
    await bus.consume(consumer, async ({ id }) => (id === fact.id ? reject('data: no such thing') : 'ack'));
    await bus.publish(KeyRevoked, fact);
    await vi.waitFor(
      async () => expect(await lettersOf(opened(), consumer)).toMatchObject([{ cause: 'data: no such thing' }]),
      { timeout: 5_000 },
    );
  });
  it('never hands a handler bytes that are no fact; the cause names fields without their values', async () => {
    const { bus } = opened();
    const consumer = hearing();
    const seen: string[] = [];
    await bus.consume(consumer, async ({ id }) => {
      seen.push(id);
      return 'ack';
    });
    const subjectName = `${KeyRevoked.name}.acme`;
    for (const bytes of [malformed, new Uint8Array([0xff, 0xfe]), new TextEncoder().encode('{}')])
      await opened().inject(subjectName, bytes);
    const good = revoked();
    await bus.publish(KeyRevoked, good);
    await vi.waitFor(async () => expect((await lettersOf(opened(), consumer)).length).toBe(3), { timeout: 5_000 });
    await vi.waitFor(() => expect(seen).toEqual([good.id]));
    const causes = (await lettersOf(opened(), consumer)).map((letter) => letter.cause).join('; ');
    expect(causes).toMatch(/data: widgetKey/);
    expect(causes).not.toMatch(/canary/);
  });
}
