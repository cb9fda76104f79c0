import { afterEach, describe, expect, it } from 'vitest';
import {
  type Browser,
  model,
  openBrowser,
  openProvider,
  type Provider,
  session,
  someOffer,
  watchCall,
} from '../provider.fixture.ts';
import type { SomeSettings } from '../settings.ts';

let at: Provider;
const browsers: Browser[] = [];
const open = async (settings: SomeSettings = {}, turnMs = 0): Promise<Provider> => {
  at = await openProvider(settings, turnMs);
  return at;
};
const browse = async (withChannel = true): Promise<Browser> => {
  const browser = await openBrowser(withChannel);
  browsers.push(browser);
  return browser;
};
afterEach(async () => {
  for (const browser of browsers.splice(0)) await browser.leave();
  await at.close();
});

describe('a call that the holder of the API key makes', () => {
  it('connects the browser whose offer it carries, with the session that the official client sent', async () => {
    const { client, account } = await open({ media: 'peer' });
    const browser = await browse();
    const answer = await client.realtime.calls.create({ sdp: browser.offer, session });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, 'application/sdp; charset=utf-8']);
    const id = /^\/v1\/realtime\/calls\/(rtc_\w+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? '';
    await browser.take(await answer.text());
    await expect.poll(browser.types, { timeout: 10_000 }).toEqual(['session.created']);
    expect(browser.heard[0]?.session).toMatchObject(session);
    expect(account(id)).toMatchObject({ kind: 'realtime', mode: 'key', model, connectedAt: expect.any(String) });
  });
  it('is written down with the identifier of its visitor', async () => {
    const { client, account } = await open();
    const headers = { 'OpenAI-Safety-Identifier': 'hash-of-a-visitor' };
    const answer = await client.realtime.calls.create({ sdp: someOffer(), session }, { headers });
    expect(account(answer.headers.get('location')?.split('/').at(-1) ?? '').safetyIdentifier).toBe('hash-of-a-visitor');
  });
  it.each([
    ['no model', { sdp: someOffer(), session: { type: 'realtime' } }, 400],
    ['another type', { sdp: someOffer(), session: { ...session, type: 'transcription' } }, 400],
    ['a field that there is not', { sdp: someOffer(), session: { ...session, voice: 'marin' } }, 400],
    ['no session', { sdp: someOffer() }, 400],
    ['an offer that is no SDP', { sdp: 'nonsense', session }, 400],
    ['an offer without audio', { sdp: 'v=0\r\ns=-\r\n', session }, 400],
  ])('is refused in the provider’s shape with %s', async (_what, body, status) => {
    const { client, provider } = await open();
    await expect(client.realtime.calls.create(body as never)).rejects.toMatchObject({
      status,
      type: 'invalid_request_error',
    });
    expect(provider.calls.books()).toEqual([]);
  });
  it('is refused with another key', async () => {
    const { client } = await open();
    const stranger = client.withOptions({ apiKey: 'sk-other' });
    await expect(stranger.realtime.calls.create({ sdp: someOffer(), session })).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
  });
  it('has no data channel where the offer has none, and is refused then if the provider is set so', async () => {
    const { client, provider, say } = await open({ media: 'peer' }, 50);
    const browser = await browse(false);
    const answer = await client.realtime.calls.create({ sdp: browser.offer, session });
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    expect(provider.calls.show(id)).toMatchObject({ offered: { channel: false, video: false } });
    const sideband = await watchCall(at, id);
    await browser.take(await answer.text());
    await expect.poll(sideband.types, { timeout: 10_000 }).toContain('response.done');
    await say('PUT', '/settings', { offersWithoutChannel: 'refused' });
    await expect(client.realtime.calls.create({ sdp: browser.offer, session })).rejects.toMatchObject({ status: 400 });
  });
});

describe('the end of a call', () => {
  it('comes once by the API, and asking again finds no call', async () => {
    const { client, call, account } = await open();
    const id = await call();
    await client.realtime.calls.hangup(id);
    const ended = account(id);
    expect(ended).toMatchObject({ endedBy: 'hangup', endedAt: expect.any(String) });
    await expect(client.realtime.calls.hangup(id)).rejects.toMatchObject({ status: 404 });
    expect(account(id)).toEqual(ended);
  });
  it('comes by itself when the browser never connects', async () => {
    const { call, account } = await open({ media: 'peer', connectMs: 100 });
    const id = await call((await browse()).offer);
    await expect.poll(() => account(id).endedBy).toBe('never-connected');
    expect(account(id).connectedAt).toBeUndefined();
  });
  it('comes by itself at the longest call, which the sideband hears', async () => {
    const { call, account } = await open({ callMs: 150 });
    const id = await call();
    const sideband = await watchCall(at, id);
    await expect.poll(sideband.closedWith).toBe(1_000);
    expect(sideband.types()).toEqual(['session.created', 'error']);
    expect(sideband.heard[1]).toMatchObject({ error: { code: 'session_expired' } });
    expect(account(id).endedBy).toBe('limit');
  });
  it('comes when the browser closes its connection', async () => {
    const { client, account } = await open({ media: 'peer' });
    const browser = await browse();
    const answer = await client.realtime.calls.create({ sdp: browser.offer, session });
    await browser.take(await answer.text());
    await expect.poll(browser.types, { timeout: 10_000 }).toContain('session.created');
    await browser.leave();
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    await expect.poll(() => account(id).endedBy, { timeout: 10_000 }).toBe('browser');
  });
  it('comes from the provider itself when a test asks for it', async () => {
    const { call, account, provider, say } = await open();
    const [one, other] = [await call(), await call()];
    expect(await provider.calls.hangUp(one)).toBe(true);
    expect((await say('DELETE', `/calls/${other}`)).status).toBe(200);
    expect([account(one).endedBy, account(other).endedBy]).toEqual(['simulator', 'simulator']);
  });
});

describe('what else the official client may ask for', () => {
  it('is a client secret without a model or a session', async () => {
    const { client } = await open();
    for (const body of [{}, { session: { type: 'realtime' as const } }])
      expect((await client.realtime.clientSecrets.create(body)).session).toMatchObject({ model: 'gpt-realtime-2.1' });
  });
  it('are the models, with the day on which each is shut down', async () => {
    const { client, say } = await open();
    const days = async () =>
      Object.fromEntries((await client.models.list()).data.map(({ id, shutdown_date }) => [id, shutdown_date]));
    expect(await days()).toMatchObject({
      'gpt-realtime': '2027-01-20',
      'whisper-1': '2027-02-26',
      'gpt-realtime-2.1-mini': null,
    });
    await say('PUT', '/settings', { shutdowns: { 'gpt-realtime-2.1': '2027-06-01' } });
    expect(await days()).toMatchObject({ 'gpt-realtime-2.1': '2027-06-01' });
    expect((await client.models.retrieve('gpt-live-1')).shutdown_date).toBeNull();
  });
  it('are deeds of calls by telephone, of which none is there', async () => {
    const { client } = await open();
    const { calls } = client.realtime;
    const deeds = [
      () => calls.accept('rtc_1', { type: 'realtime' }),
      () => calls.reject('rtc_1'),
      () => calls.refer('rtc_1', { target_uri: 'tel:+14155550123' }),
    ];
    for (const deed of deeds) await expect(deed()).rejects.toMatchObject({ status: 404 });
  });
  it('is a preflight with the header of its Agents SDK', async () => {
    const { door } = await open();
    const answer = await fetch(`${door.url}/v1/realtime/calls`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-openai-agents-sdk',
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('x-openai-agents-sdk');
  });
});
