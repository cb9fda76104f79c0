import { createHmac } from 'node:crypto';
import { eventually, settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientId, clientSecret, realProvider } from '../../services/auth/src/single-sign-on/provider.fixture.ts';
import { type Journey, openJourney } from './journey.ts';
import { newMember } from './member.ts';
import { type HeardMessage, openReceiver } from './webhook-receiver.ts';

type Row = Readonly<Record<string, unknown>>;
type Operation = Readonly<{ method: string; path: string }>;
type Written = Readonly<{ url: string; init: RequestInit & Readonly<{ headers: Record<string, string> }> }>;

/** What the console itself asks by. */
const page = '../../console/src/page';
const { operations: o } = (await import(`${page}/operations.js`)) as { operations: Record<string, Operation> };
const { writeRequest } = (await import(`${page}/write-request.js`)) as {
  writeRequest: (operation: Operation, fields: object) => Written;
};

describe('what the console asks for webhooks and single sign-on', () => {
  let journey: Journey;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;
  let provider: Awaited<ReturnType<typeof realProvider>>;
  let owner: Awaited<ReturnType<typeof newMember>>;
  const records = new Map<string, string[]>();
  beforeAll(async () => {
    journey = await openJourney({ resolveTxt: async (name) => records.get(name) ?? [] });
    receiver = await openReceiver();
    provider = await realProvider(`${journey.url}/api/auth/sso/callback`);
    owner = await newMember(journey, 'olga@example.com', 'owner');
  });
  afterAll(async () => {
    await journey.close();
    await provider.close();
    receiver.close();
  });

  /** Sends what the console writes for an operation, with the login of a member. */
  async function ask(operation: Operation | undefined, fields: object = {}, who = owner) {
    if (operation === undefined) throw new Error('the console knows no such operation');
    const { url, init } = writeRequest(operation, fields);
    const cookie = [...who.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...init.headers, cookie, origin: journey.url, 'x-vox-member': who.memberId };
    const answer = await fetch(journey.url + url, { ...init, headers });
    return { status: answer.status, body: (await answer.json()) as Row };
  }
  const deliveriesOf = async (endpointId: unknown, state = '') =>
    (await ask(o.listDeliveries, { endpointId, state, limit: 50 })).body.deliveries as readonly Row[];
  const first = async (endpointId: unknown, state: string) =>
    eventually(async () => {
      const [row] = await deliveriesOf(endpointId, state);
      if (row === undefined) throw new Error(`nothing is ${state}`);
      return row;
    });

  it('makes an endpoint whose secret is shown once, tests it, and shows what arrived', async () => {
    const wish = { url: receiver.url, types: ['session.ended'], description: '<img src=x>', reason: 'a test' };
    const made = await ask(o.createWebhook, wish);
    expect(made).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
    const { endpointId } = made.body.endpoint as Row;
    const listed = await ask(o.listWebhooks);
    expect(listed.body).toMatchObject({ endpoints: [{ endpointId, status: 'enabled', description: '<img src=x>' }] });
    expect(JSON.stringify(listed.body)).not.toContain('whsec_');
    expect((await ask(o.pingWebhook, { endpointId, reason: 'a test' })).status).toBe(200);
    expect(await first(endpointId, 'delivered')).toMatchObject({ type: 'webhook.ping', attempts: [{ status: 204 }] });
    const { headers, body } = receiver.heard[0] as HeardMessage;
    const key = Buffer.from(String(made.body.secret).slice('whsec_'.length), 'base64');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    expect([JSON.parse(body).type, headers['webhook-signature']]).toEqual(['webhook.ping', signature]);
  });
  it('sends one message again, and all since a moment', async () => {
    const [{ endpointId }] = (await ask(o.listWebhooks)).body.endpoints as [Row];
    const [{ deliveryId, occurredAt }] = (await deliveriesOf(endpointId)) as [Row];
    expect((await ask(o.replayWebhook, { endpointId, what: { deliveryId } })).body).toMatchObject({ replayed: 1 });
    await eventually(async () => expect(receiver.heard.length).toBe(2));
    await eventually(async () => expect(await deliveriesOf(endpointId, 'delivered')).toMatchObject([{ replays: 1 }]));
    const since = { since: occurredAt, delivered: true };
    expect((await ask(o.replayWebhook, { endpointId, what: since })).body).toEqual({ replayed: 1, next: null });
    await eventually(async () => expect(receiver.heard.length).toBe(3));
    expect(new Set(receiver.heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });
  it('changes an endpoint, gives it a new secret, turns it off and removes it', async () => {
    const [{ endpointId }] = (await ask(o.listWebhooks)).body.endpoints as [Row];
    const changed = await ask(o.updateWebhook, { endpointId, types: ['session.denied', 'key.aging'], reason: 'more' });
    expect(changed.body).toMatchObject({ endpoint: { types: ['session.denied', 'key.aging'], url: receiver.url } });
    const rotated = await ask(o.rotateWebhookSecret, { endpointId, graceSeconds: 3_600 });
    expect(rotated.body).toMatchObject({
      ...{ secret: expect.stringMatching(/^whsec_/), endpoint: { secretGraceEndsAt: expect.any(String) } },
    });
    expect((await ask(o.updateWebhook, { endpointId, status: 'disabled' })).body).toMatchObject({
      endpoint: { status: 'disabled', disabledWhy: 'asked' },
    });
    expect((await ask(o.removeWebhook, { endpointId, reason: 'gone' })).body).toEqual({ removed: true });
    expect((await ask(o.listWebhooks)).body).toEqual({ endpoints: [] });
    await settled(journey.bus);
  });
  it('leads to single sign-on: addresses for the provider first, then the record of a domain, then its proof', async () => {
    const callback = expect.arrayContaining([`${journey.url}/api/auth/sso/callback`]);
    expect((await ask(o.showSingleSignOn)).body).toEqual({ singleSignOn: null, callback });
    const wish = { issuer: provider.issuer, clientId, clientSecret, domains: ['acme.example'] };
    const rules = { isRequired: false, secondFactor: 'asked', reason: 'a test' };
    const put = await ask(o.putSingleSignOn, { ...wish, ...rules });
    expect(JSON.stringify(put.body)).not.toContain(clientSecret);
    const [{ record, provedAt }] = (put.body.singleSignOn as Row).domains as [
      Readonly<{ record: Readonly<{ name: string; value: string }>; provedAt: unknown }>,
    ];
    expect(provedAt).toBeNull();
    expect((await ask(o.proveDomain, { domain: 'acme.example' })).status).toBeGreaterThanOrEqual(400);
    records.set(record.name, [record.value]);
    expect((await ask(o.proveDomain, { domain: 'acme.example' })).body).toMatchObject({
      singleSignOn: { domains: [{ provedAt: expect.any(String) }] },
    });
    const { clientSecret: _left, ...others } = wish;
    expect((await ask(o.putSingleSignOn, { ...others, ...rules, isRequired: true })).body).toMatchObject({
      singleSignOn: { isRequired: true, callback },
    });
    expect((await ask(o.removeSingleSignOn, { reason: 'a test' })).body).toEqual({ removed: true });
  });
  it('is refused to whoever has no right to it, as the menu leaves it out', async () => {
    const viewer = await newMember(journey, 'vic@example.com', 'viewer');
    for (const operation of [o.listWebhooks, o.showSingleSignOn])
      expect((await ask(operation, {}, viewer)).body).toMatchObject({ code: 'FORBIDDEN' });
    expect((await ask(o.listEndedCalls, { limit: 50 }, viewer)).body).toEqual({ sessions: [], next: null });
  });
});
