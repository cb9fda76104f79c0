import { randomUUID } from 'node:crypto';
import { type CallEvent, CallSignal, EndSessionByAdmin, LeaseSigningKey } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { SessionToken, tokenSigner } from '@vox/platform/crypto';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const tenantId = 'demo';
const words = 'canary-words-71c';
const caption = { kind: 'caption', itemId: 'i1', role: 'assistant', text: words, final: true } as const;

describe('the live events of a call, through every service,', () => {
  let journey: Journey;
  let pages: AbortController[];
  beforeEach(async () => {
    pages = [];
    journey = await openJourney({ draft: { ...demoDraft, calls: 'both' } });
  });
  afterEach(async () => {
    for (const page of pages) page.abort();
    await journey.close();
  });

  async function post(path: string, body: object, headers: Record<string, string> = {}) {
    const sent = { 'content-type': 'application/json', origin, ...headers };
    const answer = await fetch(journey.url + path, { method: 'POST', headers: sent, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  }
  const start = async () => {
    const { body } = await post('/api/session', { widgetKey: journey.widgetKey });
    return { sessionId: String(body.sm_session_id), token: String(body.session_token) };
  };
  /** The token of a call that the server makes, for a call that lives. */
  async function brokered(sessionId: string): Promise<string> {
    const sign = await tokenSigner(SessionToken, await journey.bus.ask(LeaseSigningKey.session, {}));
    const identity = { kind: 'widget', widgetKey: journey.widgetKey, visitorId: `v_${'x'.repeat(22)}` } as const;
    const stamp = { id: randomUUID(), subject: sessionId, now: new Date(), lifeSeconds: 60 };
    return sign({ tenantId, identity, mode: 'brokered' }, stamp);
  }
  async function open(token: string, from: string | undefined = origin) {
    const page = new AbortController();
    pages.push(page);
    const headers = { authorization: `Bearer ${token}`, ...(from !== undefined && { origin: from }) };
    const answer = await fetch(`${journey.url}/api/session/events`, { headers, signal: page.signal });
    let [text, isOver] = ['', false];
    const read = async () => {
      for await (const part of answer.body ?? []) text += Buffer.from(part).toString();
      isOver = true;
    };
    void read().catch(() => undefined);
    const names = () => [...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
    return { status: answer.status, headers: answer.headers, text: () => text, names, isOver: () => isOver };
  }
  const signal = (sessionId: string, event: CallEvent) =>
    journey.bus.signal(CallSignal, { tenantId, sessionId }, event);

  it('tell its page what is left, who speaks, what is said and why it ended, and no words reach a fact', async () => {
    const { sessionId } = await start();
    const page = await open(await brokered(sessionId));
    await vi.waitFor(() => expect(page.names()).toEqual(['remaining', 'state']));
    expect(page.text()).toMatch(/"seconds":(?:900|899),"tokens":\d+,"dollars":[\d.]+,"endsAt":"\d{4}-/);
    signal(sessionId, { kind: 'state', state: 'speaking' });
    signal(sessionId, caption);
    await vi.waitFor(() => expect(page.text()).toContain(words));
    signal(sessionId, { kind: 'ended', reason: 'admin' });
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect(page.names()).toEqual(['remaining', 'state', 'state', 'caption', 'ended']);
    await settled(journey.bus);
    expect(JSON.stringify(journey.bus.published())).not.toContain(words);
  });
  it('are read by pages of its key, by our own and by servers, and by nobody else', async () => {
    const { sessionId, token } = await start();
    const ours = [await open(token), await open(await brokered(sessionId), journey.url)];
    for (const { status, headers } of ours) expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(ours[0]?.headers.get('access-control-allow-origin')).toBe(origin);
    for (const from of ['null', 'https://evil.example', `${origin}.evil.example`])
      expect((await open(token, from)).status).toBe(403);
    expect((await open('none')).status).toBe(401);
    const server = await fetch(`${journey.url}/api/session/events`, { headers: { authorization: `Bearer ${token}` } });
    expect(server.status).toBe(200);
    await server.body?.cancel();
  });
  it('may be asked for by a page of another origin with its token and what it heard last', async () => {
    const names = 'authorization, last-event-id';
    const asked = { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': names };
    const answer = await fetch(`${journey.url}/api/session/events`, { method: 'OPTIONS', headers: asked });
    const allowed = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');
    expect(allowed).toEqual(expect.arrayContaining(names.split(', ')));
    expect(answer.headers.get('access-control-allow-methods')).toContain('GET');
  });
  it('of a call that an administrator ended are its reason, for a page that comes then', async () => {
    const { sessionId, token } = await start();
    await journey.bus.ask(EndSessionByAdmin, { tenantId, sessionId, actor: 'test' });
    const page = await open(token);
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect([page.names(), page.text()]).toEqual([['ended'], expect.stringContaining('{"reason":"admin"}')]);
  });
  it('of another tenant’s call are not found, though the token is sound', async () => {
    const sign = await tokenSigner(SessionToken, await journey.bus.ask(LeaseSigningKey.session, {}));
    const { sessionId } = await start();
    const identity = { kind: 'console', userId: 'ada' } as const;
    const stamp = { id: randomUUID(), subject: sessionId, now: new Date(), lifeSeconds: 60 };
    const page = await open(await sign({ tenantId: 'rival', identity, mode: 'brokered' }, stamp), journey.url);
    expect(page.status).toBe(404);
    signal(sessionId, caption);
    expect(page.text()).not.toContain(words);
  });
  it('do not keep the services from stopping', async () => {
    const { token } = await start();
    const page = await open(token);
    const startedMs = performance.now();
    await journey.fixture.stop();
    expect(performance.now() - startedMs).toBeLessThan(4_000);
    await vi.waitFor(() => expect(page.isOver()).toBe(true));
    expect(page.text()).toMatch(/\nretry: \d+\n\n$/);
    journey = await openJourney();
  });
});
