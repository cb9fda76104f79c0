import { setTimeout as pause } from 'node:timers/promises';
import { SessionEnded } from '@vox/contracts';
import { memoryDocuments } from '@vox/platform/store';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { storedDeliveries } from './keep/deliveries.ts';
import { storedQueues } from './keep/queues.ts';
import { anEnd, aReceiver, deliveriesOf, endCalls, endpointAt, hooked } from './webhooks.fixture.ts';

describe('the sending of webhooks', () => {
  it('sends each of many once from two copies, and no more than four to one endpoint at once', async () => {
    const [fixture, hook] = [await hooked({ copies: 2 }), await aReceiver()];
    await endpointAt(fixture, hook);
    hook.answer((_request, answer) => void setTimeout(() => answer.writeHead(204).end(), 20));
    await endCalls(fixture, 30);
    await expect.poll(() => new Set(hook.received.map(({ id }) => id)).size, { timeout: 10_000 }).toBe(30);
    await pause(100);
    expect(hook.received).toHaveLength(30);
    expect(hook.openMost()).toBeLessThanOrEqual(4);
  });
  it('holds up nobody for a receiver that never answers, of the same tenant or of another', async () => {
    const [fixture, silent, well, others] = [await hooked(), await aReceiver(), await aReceiver(), await aReceiver()];
    await fixture.putTenant({ tenantId: 'other' });
    silent.answer(() => undefined);
    for (let n = 0; n < 3; n += 1) await endpointAt(fixture, silent);
    await endpointAt(fixture, well);
    await endpointAt(fixture, others, ['session.ended'], 'other');
    await endCalls(fixture, 40);
    await endCalls(fixture, 5, 'other');
    await expect.poll(() => [well.received.length, others.received.length], { timeout: 5_000 }).toEqual([40, 5]);
    expect(silent.openMost()).toBeLessThanOrEqual(12);
  });
  it('leaves an endpoint that fails alone for a while, so that others have their turn', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    hook.answer((_request, answer) => void answer.writeHead(503).end());
    await endCalls(fixture, 20);
    await expect.poll(() => hook.received.length).toBeGreaterThan(0);
    await pause(200);
    expect(hook.received.length).toBeLessThanOrEqual(4);
    hook.answer();
    for (let n = 0; n < 4; n += 1) {
      fixture.clock.advanceMs(6_000);
      await pause(50);
    }
    await expect
      .poll(async () => (await deliveriesOf(fixture, endpointId)).every(({ state }) => state === 'delivered'))
      .toBe(true);
  });
});

describe('a copy that dies', () => {
  it('between keeping a message and saying so leaves it to whoever hears the fact again', async () => {
    let isCrashing = true;
    const fault = (point: string): void => {
      if (isCrashing && point === 'write') throw new Error('crash');
    };
    const [fixture, hook] = [
      await hooked({ storesOf: () => ({ queues: memoryDocuments(storedQueues, { fault }) }) }),
      await aReceiver(),
    ];
    const endpointId = await endpointAt(fixture, hook);
    await fixture.bus.publish(SessionEnded, anEnd(fixture));
    await expect.poll(() => deliveriesOf(fixture, endpointId)).toMatchObject([{ state: 'waiting', tries: 0 }]);
    isCrashing = false;
    await expect.poll(() => hook.received, { timeout: 5_000 }).toHaveLength(1);
    await settled(fixture.bus);
    expect(await deliveriesOf(fixture, endpointId)).toHaveLength(1);
  });
  it('after it has sent a message and before it has kept that leaves it to another, which sends it under the same id', async () => {
    let isCrashing = true;
    let crashes = 0;
    const kept = new Set<string>();
    const crashing = memoryDocuments(storedDeliveries, {
      fault(point, key) {
        if (point === 'written') kept.add(key);
        if (!isCrashing || point !== 'write' || !kept.has(key)) return;
        crashes += 1;
        throw new Error('crash');
      },
    });
    const [fixture, hook] = [await hooked({ storesOf: () => ({ deliveries: crashing }) }), await aReceiver()];
    await endpointAt(fixture, hook);
    await endCalls(fixture, 1);
    await expect.poll(() => crashes).toBeGreaterThan(0);
    isCrashing = false;
    fixture.clock.advanceMs(61_000);
    await expect.poll(() => fixture.deliveries.all(2)).toMatchObject([{ state: { state: 'delivered' } }]);
    expect(hook.received.length).toBeGreaterThanOrEqual(2);
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(1);
  });
});
