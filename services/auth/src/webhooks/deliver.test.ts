import {
  CreateWebhook,
  ListWebhookDeliveries,
  PingWebhook,
  RemoveWebhook,
  SessionEnded,
  UpdateWebhook,
  WebhookEvent,
} from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import {
  anEnd,
  aReceiver,
  atRest,
  deliveriesOf,
  endCalls,
  endpointAt,
  endpointOf,
  hooked,
  triedTimes,
} from './webhooks.fixture.ts';

describe('a webhook', () => {
  it('arrives signed, once, though its fact is told twice, and says nothing of the person', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    const fact = anEnd(fixture);
    await fixture.bus.publish(SessionEnded, fact);
    await expect.poll(() => hook.received).toHaveLength(1);
    const [{ body, id, signatures }] = hook.received as [(typeof hook.received)[0]];
    const event = WebhookEvent.parse(JSON.parse(body));
    expect(event).toMatchObject({ type: 'session.ended', timestamp: fact.time, data: { reason: 'client' } });
    expect(Object.keys(event)).toEqual(['type', 'timestamp', 'data']);
    expect(body).not.toContain('Canary');
    expect(id).toMatch(/^msg_[\w-]{22}$/);
    expect(signatures).toBe(1);
    // The dedupe window of the bus is over, and the fact comes again.
    fixture.clock.advanceMs(150_000);
    await fixture.bus.publish(SessionEnded, fact);
    await settled(fixture.bus);
    expect(await deliveriesOf(fixture, endpointId)).toMatchObject([{ state: 'delivered', messageId: id, tries: 1 }]);
    expect(hook.received).toHaveLength(1);
    expect(hook.refused).toEqual([]);
  });
  it('goes to no endpoint that chose other events, is disabled, or is another tenant’s', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    await fixture.putTenant({ tenantId: 'other' });
    await endpointAt(fixture, hook, ['session.granted']);
    await endpointAt(fixture, hook, ['session.ended'], 'other');
    const disabled = await endpointAt(fixture, hook);
    await fixture.bus.ask(UpdateWebhook, { tenantId: 'acme', endpointId: disabled, status: 'disabled', actor: 'test' });
    const chosen = await endpointAt(fixture, hook);
    await endCalls(fixture, 1);
    await triedTimes(fixture, chosen, 1);
    expect(hook.received).toHaveLength(1);
    expect(await deliveriesOf(fixture, disabled)).toEqual([]);
  });
  it('of something that happened before its endpoint was made is not sent', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const before = anEnd(fixture);
    fixture.clock.advanceMs(1_000);
    const endpointId = await endpointAt(fixture, hook);
    await fixture.bus.publish(SessionEnded, before);
    await settled(fixture.bus);
    expect(await deliveriesOf(fixture, endpointId)).toEqual([]);
  });
  it('that is refused is tried again on the schedule for a day, and then stands as a dead letter with one fact', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    hook.answer((_request, answer) => void answer.writeHead(500).end());
    await endCalls(fixture, 1);
    const dead = () => fixture.publishedTypes().filter((type) => type === 'webhook-delivery-failed.v1');
    let waitedMs = 0;
    for (let tries = 1; tries < 8; tries += 1) {
      await triedTimes(fixture, endpointId, tries);
      expect(dead()).toEqual([]);
      const [delivery] = await deliveriesOf(fixture, endpointId);
      const pauseMs = Date.parse(delivery?.nextTryAt ?? '') - fixture.clock.now().getTime();
      waitedMs += pauseMs;
      await atRest(fixture);
      fixture.clock.advanceMs(Math.max(pauseMs, 300_000));
    }
    await expect.poll(dead).toHaveLength(1);
    expect(waitedMs).toBeGreaterThan(21 * 3_600_000);
    expect(waitedMs).toBeLessThanOrEqual(24 * 3_600_000);
    const listed = await fixture.bus.ask(ListWebhookDeliveries, { tenantId: 'acme', endpointId, state: 'dead' });
    expect(listed.deliveries).toMatchObject([{ state: 'dead', tries: 8, nextTryAt: null }]);
  });
  it('is not sent to where a receiver redirects it', async () => {
    const [fixture, hook, elsewhere] = [await hooked(), await aReceiver(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    hook.answer((_request, answer) => void answer.writeHead(307, { location: elsewhere.url }).end());
    await endCalls(fixture, 1);
    await triedTimes(fixture, endpointId, 1);
    expect((await deliveriesOf(fixture, endpointId))[0]).toMatchObject({
      state: 'waiting',
      attempts: [{ status: 307 }],
    });
    expect([...elsewhere.received, ...elsewhere.refused]).toEqual([]);
  });
  it('that meets a broken line is tried again and arrives under the same id', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    hook.answer((request) => void request.socket.resetAndDestroy());
    await endCalls(fixture, 1);
    await triedTimes(fixture, endpointId, 1);
    const [first] = await deliveriesOf(fixture, endpointId);
    expect(first).toMatchObject({ state: 'waiting', attempts: [{ outcome: 'reset', status: null }] });
    await atRest(fixture);
    hook.answer();
    fixture.clock.advanceMs(6_000);
    await expect.poll(() => hook.received).toHaveLength(2);
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(1);
  });
  it('that is pinged arrives as a webhook.ping', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    const { deliveryId } = await fixture.bus.ask(PingWebhook, { tenantId: 'acme', endpointId, actor: 'test' });
    await expect.poll(() => hook.received).toMatchObject([{ type: 'webhook.ping' }]);
    await expect.poll(() => deliveriesOf(fixture, endpointId)).toMatchObject([{ deliveryId, state: 'delivered' }]);
  });
});

describe('an endpoint', () => {
  it('that answers 410 is disabled with a fact, and what waits for it is given up', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    hook.answer((_request, answer) => void answer.writeHead(410).end());
    await endCalls(fixture, 1);
    await expect.poll(() => endpointOf(fixture, endpointId)).toMatchObject({ status: 'disabled', disabledWhy: 'gone' });
    await expect.poll(() => fixture.publishedTypes()).toContain('webhook-disabled.v1');
    await endCalls(fixture, 1);
    await settled(fixture.bus);
    expect(await deliveriesOf(fixture, endpointId)).toMatchObject([{ state: 'dead', tries: 1 }]);
    expect(hook.received).toHaveLength(1);
  });
  it('that fails for three days is disabled with a fact, and one success in between begins anew', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    const dayMs = 86_400_000;
    const tryOne = async (status: number): Promise<void> => {
      hook.answer((_request, answer) => void answer.writeHead(status).end());
      const before = hook.received.length + hook.refused.length;
      await fixture.bus.ask(PingWebhook, { tenantId: 'acme', endpointId, actor: 'test' });
      await expect.poll(() => hook.received.length + hook.refused.length).toBeGreaterThan(before);
      await expect.poll(async () => (await deliveriesOf(fixture, endpointId))[0]?.tries).toBeGreaterThan(0);
    };
    await tryOne(500);
    await expect.poll(async () => (await endpointOf(fixture, endpointId))?.failingSince).not.toBeNull();
    await tryOne(204);
    await expect.poll(async () => (await endpointOf(fixture, endpointId))?.failingSince).toBeNull();
    await tryOne(500);
    await atRest(fixture);
    fixture.clock.advanceMs(3 * dayMs);
    await expect.poll(() => endpointOf(fixture, endpointId)).toMatchObject({ disabledWhy: 'failing' });
    await expect.poll(() => fixture.publishedTypes()).toContain('webhook-disabled.v1');
  });
  it('that is removed leaves nothing behind', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    hook.answer((_request, answer) => void answer.writeHead(500).end());
    await endCalls(fixture, 3);
    await triedTimes(fixture, endpointId, 1);
    await fixture.bus.ask(RemoveWebhook, { tenantId: 'acme', endpointId, actor: 'test' });
    await expect
      .poll(() => {
        fixture.clock.advanceMs(500);
        return fixture.deliveries.all(10);
      })
      .toEqual([]);
    await expect.poll(() => fixture.queues.all(10)).toEqual([]);
    await expect(deliveriesOf(fixture, endpointId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it.each([
    'http://example.com/',
    'https://10.0.0.1/',
    'https://user:word@example.com/',
    'https://metadata.google.internal/',
    'https://example.com:22/',
  ])('is refused at %s', async (url) => {
    const fixture = await hooked();
    const asked = fixture.bus.ask(CreateWebhook, { tenantId: 'acme', url, types: ['session.ended'], actor: 'test' });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_REQUEST', answer: { issues: [{ path: 'url' }] } });
  });
  it('is the tenth of its tenant at most, however many are asked for at once', async () => {
    const [fixture, hook] = [await hooked({ copies: 2 }), await aReceiver()];
    const made = await Promise.allSettled(Array.from({ length: 14 }, () => endpointAt(fixture, hook)));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  });
});
