import { ListWebhooks, PingWebhook, ReplayWebhook, RotateWebhookSecret, UpdateWebhook } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import {
  aReceiver,
  atRest,
  deliveriesOf,
  endCalls,
  endpointAt,
  endpointOf,
  hooked,
  triedTimes,
} from './webhooks.fixture.ts';

const by = { tenantId: 'acme', actor: 'operator:ada' };

describe('the secret of a webhook', () => {
  it('is shown once and never again, and nowhere kept as it is', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    await endpointAt(fixture, hook);
    const [secret = ''] = hook.secrets;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = JSON.stringify([
      await fixture.bus.ask(ListWebhooks, { tenantId: 'acme' }),
      await fixture.endpoints.all(9),
      fixture.bus.published(),
    ]);
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(secret.slice(6, 30));
  });
  it('that is rotated signs beside its successor until its grace ends, and not after', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    const [former = ''] = hook.secrets;
    const { secret, endpoint } = await fixture.bus.ask(RotateWebhookSecret, { ...by, endpointId, graceSeconds: 60 });
    expect(Date.parse(endpoint.secretGraceEndsAt ?? '') - fixture.clock.now().getTime()).toBe(60_000);
    for (const known of [[former], [secret]]) {
      hook.secrets.splice(0, 9, ...known);
      const before = hook.received.length;
      await endCalls(fixture, 1);
      await expect.poll(() => hook.received.length).toBe(before + 1);
      expect(hook.received.at(-1)?.signatures).toBe(2);
    }
    fixture.clock.advanceMs(60_000);
    await endCalls(fixture, 1);
    await expect.poll(() => hook.received).toHaveLength(3);
    expect(hook.received.at(-1)?.signatures).toBe(1);
    hook.secrets.splice(0, 9, former);
    await endCalls(fixture, 1);
    await expect.poll(() => hook.refused).toHaveLength(1);
    expect((await endpointOf(fixture, endpointId))?.secretGraceEndsAt).toBeNull();
  });
});

describe('a webhook that is replayed by hand', () => {
  it('is sent again under its id, alone or with all that were given up since a moment', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    const endpointId = await endpointAt(fixture, hook);
    await endCalls(fixture, 1);
    await triedTimes(fixture, endpointId, 1);
    const [delivered] = await deliveriesOf(fixture, endpointId);
    const { deliveryId = '', messageId } = delivered ?? {};
    expect(await fixture.bus.ask(ReplayWebhook, { ...by, endpointId, what: { deliveryId } })).toMatchObject({
      replayed: 1,
    });
    await expect.poll(() => hook.received).toHaveLength(2);
    expect(hook.received.every(({ id }) => id === messageId)).toBe(true);
    hook.answer((_request, answer) => void answer.writeHead(410).end());
    fixture.clock.advanceMs(1_000);
    const since = fixture.clock.now().toISOString();
    await endCalls(fixture, 3);
    await expect
      .poll(async () => (await deliveriesOf(fixture, endpointId)).map(({ state }) => state))
      .toEqual(['dead', 'dead', 'dead', 'delivered']);
    await expect.poll(() => endpointOf(fixture, endpointId)).toMatchObject({ status: 'disabled' });
    await atRest(fixture);
    const replay = { ...by, endpointId, what: { since } };
    await expect(fixture.bus.ask(ReplayWebhook, replay)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    await fixture.bus.ask(UpdateWebhook, { ...by, endpointId, status: 'enabled' });
    hook.answer();
    expect(await fixture.bus.ask(ReplayWebhook, replay)).toEqual({ replayed: 3, next: null });
    await expect
      .poll(async () => (await deliveriesOf(fixture, endpointId)).map(({ state }) => state))
      .toEqual(Array(4).fill('delivered'));
    expect(await fixture.bus.ask(ReplayWebhook, replay)).toEqual({ replayed: 0, next: null });
  });
});

describe('another tenant’s endpoint', () => {
  it('is not found by any question, as one that there never was', async () => {
    const [fixture, hook] = [await hooked(), await aReceiver()];
    await fixture.putTenant({ tenantId: 'other' });
    const theirs = await endpointAt(fixture, hook, ['session.ended'], 'other');
    for (const endpointId of [theirs, `we_${'x'.repeat(22)}`]) {
      const asked = { ...by, endpointId };
      const answers = await Promise.allSettled([
        fixture.bus.ask(UpdateWebhook, { ...asked, status: 'disabled' }),
        fixture.bus.ask(RotateWebhookSecret, asked),
        fixture.bus.ask(PingWebhook, asked),
        fixture.bus.ask(ReplayWebhook, { ...asked, what: { since: '2026-01-01T00:00:00.000Z' } }),
        deliveriesOf(fixture, endpointId),
      ]);
      for (const answer of answers)
        expect(answer).toMatchObject({
          status: 'rejected',
          reason: { code: 'NOT_FOUND', answer: { issues: [{ path: 'endpointId' }] } },
        });
    }
    expect((await fixture.bus.ask(ListWebhooks, { tenantId: 'acme' })).endpoints).toEqual([]);
  });
});

it('each change of an endpoint is published with who asked for it, also after a crash', async () => {
  const [fixture, hook] = [await hooked(), await aReceiver()];
  const endpointId = await endpointAt(fixture, hook);
  await fixture.bus.ask(UpdateWebhook, { ...by, endpointId, description: 'the shop' });
  await fixture.endpoints.update('acme', (book) => ({
    result: undefined,
    state: {
      ...(book as NonNullable<typeof book>),
      untold: [{ id: 'left', by: { actor: 'operator:ada' }, atMs: 1, endpointId, change: 'secret-rotated' as const }],
    },
  }));
  const changes = () =>
    fixture.bus
      .published()
      .flatMap(({ type, data }) =>
        type.includes('webhook-changed') ? [data as { change: string; actor: string }] : [],
      );
  await expect.poll(() => changes().map(({ change }) => change)).toEqual(['created', 'updated', 'secret-rotated']);
  expect(changes().map(({ actor }) => actor)).toEqual(['test', 'operator:ada', 'operator:ada']);
  await settled(fixture.bus);
});
