import { randomUUID } from 'node:crypto';
import { consumers, KeyRevoked, makeFact } from '@vox/contracts';
import { expect, it, vi } from 'vitest';
import { busPromises } from '../promises/bus.promises.ts';
import { memoryBus } from './bus.ts';
import type { MemoryConsumption } from './facts.ts';

busPromises('the in-memory bus', async () => {
  const bus = memoryBus();
  return { bus, inject: bus.inject, deadLetters: bus.deadLetters, view: bus.view };
});

it('the in-memory bus hands the message of a killed copy to another copy', async () => {
  const bus = memoryBus();
  const consumer = { ...consumers.brokerRevocations, ackWaitMs: 20 };
  const hanging = (await bus.consume(consumer, () => new Promise(() => undefined))) as MemoryConsumption;
  const fact = makeFact(
    KeyRevoked,
    { id: randomUUID(), source: 'test', at: new Date() },
    { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', actor: 'tester' },
  );
  await bus.publish(KeyRevoked, fact);
  await vi.waitFor(() => expect(bus.busy()).toBe(true));
  hanging.kill();
  const seen: string[] = [];
  await bus.consume(consumer, async ({ id }) => {
    seen.push(id);
    return 'ack';
  });
  await vi.waitFor(() => expect(seen).toEqual([fact.id]));
});
