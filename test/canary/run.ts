import { setTimeout as pause } from 'node:timers/promises';
import { CreateApiKey, EndSessions, ListSessions, PutTenant, RevokeApiKey, ShowTenant } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import type { Stack } from '@vox/local/stack';
import { eventually } from '@vox/testing';
import { expect } from 'vitest';
import type { collector } from '../stack/collector.ts';
import { brokeredCall } from './brokered-call.ts';
import { type Browser, bearer, browserOn, proved } from './browser.ts';
import { type Granted, visitor } from './canaries.ts';
import { linkAs } from './places.ts';
import { tenantSecret } from './tenant-secret.ts';

/** Makes one whole call, every refusal, and a moment in which each dependency hangs. */
export async function wholeRun(stack: Stack, origin: string, widgetKey: string, refused: string[]) {
  const browser = browserOn(stack, origin, refused);
  const { widgetToken, proof } = await proved(browser, widgetKey);
  const visitorId = JSON.parse(Buffer.from(widgetToken.split('.')[1] ?? '', 'base64url').toString()).sub as string;
  await browser(`/widget?token=${widgetToken}&tenantId=canary-shop`);
  const asked = { bot: { kind: 'proof-of-work', proof }, instructions: visitor.ownInstructions };
  const once = { ...bearer(widgetToken), 'idempotency-key': visitor.idempotencyKey };
  const call = await browser('/api/session', asked, once);
  expect(call.status).toBe(200);
  expect((await browser('/api/session', asked, once)).body).toEqual(call.body);
  const granted: Granted = {
    widgetToken,
    sessionToken: String(call.body.session_token),
    clientSecret: (call.body.client_secret as unknown as { value: string }).value,
    proof,
    visitorId,
    ...(await machine(stack, browser)),
  };
  const say = (path: string, body: object = {}, session = call) =>
    browser(path, { sm_session_id: session.body.sm_session_id, authToken: session.body.session_token, ...body });
  const used = { responseId: 'resp_1', text_in: 1, text_out: 1, audio_in: 1, audio_out: 1 };
  await say('/api/heartbeat', { callId: visitor.callId });
  await say('/api/usage/report', used);
  const text = `${visitor.words}, my card is ${visitor.card}`;
  const messages = [{ id: 'item_1', role: 'user', text, ts: Date.now() }];
  expect((await say('/api/transcripts/append', { messages })).status).toBe(202);
  const refusal = { purpose: 'ai-disclosure', version: '1', textHash: '0'.repeat(64), locale: 'en', method: 'click' };
  const answered = { ...refusal, given: false, subject: { email: visitor.mail } };
  expect((await browser('/api/consent', answered, bearer(widgetToken))).status).toBe(200);
  await brokeredCall(stack, browser, widgetKey);
  await tenantSecret(stack, browser, granted.sessionToken);
  await refusals(browser, widgetKey, granted);
  await troubles(stack, browser, widgetKey);
  // The simulator does not know this call, so hanging up fails too.
  expect(
    (await stack.operator.ask(ListSessions, { tenantId: 'canary-shop', actor: 'test' })).sessions.length,
  ).toBeGreaterThan(0);
  // The broker and its store have just hung: both make their links anew, which takes a busy machine a while.
  await eventually(() => stack.operator.ask(EndSessions, { tenantId: 'canary-shop', actor: 'test' }));
  expect((await say('/api/heartbeat')).status).toBe(403);
  return {
    granted,
    /** Writes a word into everything that is stored or published. */
    async planted(word: string): Promise<void> {
      await say('/api/usage/report', { ...used, responseId: word });
      await browser(`/widget/assets/${word}`);
      await browser('/api/session/end', `{"${word}":{"__proto__":1}}`);
      const { policy } = await stack.operator.ask(ShowTenant, { tenantId: 'canary-shop' });
      const { tenantId, branding, disclosure, bot } = policy;
      const draft = { tenantId, displayName: word, branding, disclosure, agents: demoDraft.agents, bot };
      await stack.operator.ask(PutTenant, { draft, actor: 'test' });
    },
  };
}

/** The key of a machine. It is sent where it belongs to nobody, and where it never belongs. */
async function machine(stack: Stack, browser: Browser): Promise<Pick<Granted, 'apiKey' | 'signingSecret'>> {
  const of = { tenantId: 'canary-shop', actor: 'test' };
  const { key, apiKey, signingSecret } = await stack.operator.ask(CreateApiKey, {
    ...{ ...of, label: 'machine', env: 'production' as const, scopes: ['usage:read' as const] },
  });
  const refused = [
    await browser('/api/session', {}, bearer(apiKey)),
    await browser(`/api/public/widget/bootstrap?key=${apiKey}`),
    await browser('/api/session', { widgetKey: apiKey, authToken: signingSecret }),
    await browser(`/api/v1/usage?api_key=${apiKey}`, undefined, bearer(apiKey)),
  ];
  for (const { status } of refused) expect(status).toBeGreaterThanOrEqual(400);
  await stack.operator.ask(RevokeApiKey, { ...of, keyId: key.keyId });
  return { apiKey, signingSecret: signingSecret ?? '' };
}

async function refusals(browser: Browser, widgetKey: string, { widgetToken, sessionToken }: Granted): Promise<void> {
  const evil = { origin: 'https://evil.example' };
  const answers = [
    await browser('/api/session', {}, bearer(visitor.badToken)),
    await browser('/api/session', {}, bearer(sessionToken)),
    await browser('/api/session', {}, bearer(`${widgetToken}x`)),
    await browser('/api/session', {}, bearer(widgetToken)),
    await browser('/api/session', { widgetKey }, evil),
    await browser('/api/session', `{"x":"${visitor.badBody}`),
    await browser('/api/session', { widgetKey: visitor.badBody, agentId: visitor.badBody }),
    await browser('/api/session', { tools: visitor.badBody.repeat(9_000) }),
    await browser(`/api/${visitor.badBody.length}`, {}),
    await browser('/api/heartbeat', { sm_session_id: visitor.badBody, authToken: sessionToken }),
    await browser(`/api/public/widget/bootstrap?key=${visitor.badBody}`),
    await browser(`/widget?token=${visitor.badToken}`),
    await browser('/api/public/widget/renew', '', bearer(visitor.badToken)),
  ];
  for (const { status } of answers) expect(status).toBeGreaterThanOrEqual(400);
  for (const { status } of answers) expect(status).toBeLessThan(500);
}

/** The provider fails, a message is malformed, and each server hangs during a request. */
async function troubles(stack: Stack, browser: Browser, widgetKey: string): Promise<void> {
  const start = async () => {
    const { widgetToken, proof } = await proved(browser, widgetKey);
    return browser('/api/session', { bot: { kind: 'proof-of-work', proof } }, bearer(widgetToken));
  };
  await fetch(`${stack.simulatorUrl}/simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault: { kind: 'status', status: 500 }, times: 1 }),
  });
  expect((await start()).status).toBe(502);
  await malformed(stack);
  const { nats, redis, mongo } = stack.servers;
  for (const server of [redis, nats, mongo]) {
    const { widgetToken, proof } = await proved(browser, widgetKey);
    server.kill('SIGSTOP');
    await pause(50);
    await browser('/api/session', { bot: { kind: 'proof-of-work', proof } }, bearer(widgetToken));
    server.kill('SIGCONT');
    await expect.poll(async () => (await start()).status, { timeout: 20_000, interval: 1_000 }).toBeLessThan(500);
  }
}

/** Publishes a message that is no fact with the key of edge-guard. */
async function malformed(stack: Stack): Promise<void> {
  const link = await linkAs(stack, 'edge-guard');
  link.publish('vox.session.requested.canary-shop.x', JSON.stringify({ data: visitor.badBody }));
  await link.drain();
}

/** Waits until no more spans arrive. */
export async function lastWords(stack: Stack, traces: Awaited<ReturnType<typeof collector>>): Promise<void> {
  for (let before = -1; before !== traces.spans().length; ) {
    before = traces.spans().length;
    await pause(1_500);
  }
  expect(stack.services.filter((service) => service.exited())).toEqual([]);
}
