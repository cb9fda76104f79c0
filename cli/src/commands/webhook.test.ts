import { describe, expect, it } from 'vitest';
import { voxCommand } from '../commands.ts';

/** The name and request of the question that a command asks. */
async function asked(...args: string[]): Promise<unknown> {
  const questions: unknown[] = [];
  const operator = {
    ask: async ({ name }: { name: string }, request: object) => {
      questions.push({ name, ...JSON.parse(JSON.stringify(request)) });
      return { endpoints: [], widgetKeys: [], next: null };
    },
    ...{ actor: 'operator:test', requestId: 'r1' },
    ...{ say: () => undefined, note: () => undefined, print: async () => undefined },
  };
  await voxCommand(operator as never).parseAsync(args, { from: 'user' });
  return questions[0];
}
const endpointId = `we_${'a'.repeat(22)}`;
const by = { actor: 'operator:test', requestId: 'r1' };

describe('vox webhook', () => {
  it('makes and changes an endpoint as its options say', async () => {
    const url = 'https://shop.example/hook';
    expect(await asked('webhook', 'create', 'acme', '--url', url, '--event', 'session.ended', 'key.aging')).toEqual({
      ...{ name: 'webhook-create', tenantId: 'acme', url, types: ['session.ended', 'key.aging'], ...by },
    });
    expect(await asked('webhook', 'update', 'acme', endpointId, '--status', 'disabled', '--reason', 'moving')).toEqual({
      ...{ name: 'webhook-update', tenantId: 'acme', endpointId, status: 'disabled', reason: 'moving', ...by },
    });
  });
  it('replays one delivery or a span, and demands to be told which', async () => {
    const replay = ['webhook', 'replay', 'acme', endpointId];
    const deliveryId = 'wd_1';
    expect(await asked(...replay, '--delivery', deliveryId)).toMatchObject({ what: { deliveryId } });
    const since = '2026-05-01T00:00:00.000Z';
    expect(await asked(...replay, '--since', '2026-05-01', '--delivered')).toMatchObject({
      what: { since, delivered: true },
    });
    for (const wrong of [[], ['--delivery', deliveryId, '--since', '2026-05-01']])
      await expect(asked(...replay, ...wrong)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
  });
  it.each([
    [['list', 'acme'], 'webhook-list'],
    [['remove', 'acme', endpointId], 'webhook-remove'],
    [['ping', 'acme', endpointId], 'webhook-ping'],
    [['rotate-secret', 'acme', endpointId], 'webhook-secret-rotate'],
    [['deliveries', 'acme', endpointId, '--state', 'dead'], 'webhook-delivery-list'],
  ])('asks the question of %j', async (args, name) => expect(await asked('webhook', ...args)).toMatchObject({ name }));
});

describe('vox key', () => {
  it('creates a key for an environment, with an end', async () => {
    const origin = 'https://shop.example';
    const create = ['key', 'create', 'acme', '--origin', origin, '--environment', 'dev', '--expires', '2027-01-01'];
    expect(await asked(...create)).toMatchObject({ environment: 'dev', expiresAt: '2027-01-01T00:00:00.000Z' });
  });
  it('lists keys and shows the use of one', async () => {
    expect(await asked('key', 'list', 'acme', '--state', 'expiring')).toMatchObject({
      ...{ name: 'widget-key-list', state: 'expiring' },
    });
    expect(await asked('key', 'usage', 'acme', 'w_acme_site_0123456789abcdef', '--days', '7')).toMatchObject({
      ...{ name: 'widget-key-usage', days: 7 },
    });
  });
});
