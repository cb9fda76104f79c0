import { SidebandWS } from 'openai/resources/live/sideband/ws';
import { afterEach, describe, expect, it } from 'vitest';
import { openBrowser, openProvider, type Provider, someOffer, type Watch, watch } from '../provider.fixture.ts';
import type { SomeSettings } from '../settings.ts';

let at: Provider;
const open = async (settings: SomeSettings = {}, turnMs = 0): Promise<Provider> => {
  at = await openProvider({ usageMs: 0, ...settings }, turnMs);
  return at;
};
afterEach(() => at.close());

const session = { model: 'gpt-live-1', instructions: 'Be brief.', safety_identifier: 'hash-of-a-visitor' };
const create = async (over: object = {}, sdp = someOffer()): Promise<{ id: string; sdp: string }> => {
  const made = await at.client.live.create({ session: { ...session, ...over }, transport: { type: 'webrtc', sdp } });
  return { id: made.session.id, sdp: made.transport.sdp };
};
const attach = (id: string, key?: string): Promise<Watch> => watch(at, `/v1/live/sessions/${id}/attach`, key);
const usage = (seconds: number) => ({ type: 'session.usage.updated', usage: { seconds } });

describe('a Live session', () => {
  it('is made by the official client, and heard over its sideband', async () => {
    const { client, account } = await open();
    const { id, sdp } = await create();
    expect([id, sdp]).toEqual([expect.stringMatching(/^live_/), expect.stringMatching(/^v=0/)]);
    expect(account(id)).toMatchObject({ kind: 'live', mode: 'key', model: 'gpt-live-1' });
    expect(account(id).safetyIdentifier).toBe('hash-of-a-visitor');
    const sideband = new SidebandWS(client, { session_id: id });
    const reasons: string[] = [];
    const started: unknown[] = [];
    sideband.on('session.started', (event) => started.push(event.session));
    sideband.on('session.closed', ({ reason }) => reasons.push(reason));
    await expect.poll(() => started).toHaveLength(1);
    expect(started[0]).toMatchObject({ id, model: 'gpt-live-1', status: 'active', delegation: { type: 'client' } });
    expect(started[0]).not.toHaveProperty('safety_identifier');
    sideband.send({ type: 'session.close' });
    await expect.poll(() => reasons).toEqual(['close_requested']);
    expect(account(id).endedBy).toBe('hangup');
  });
  it.each([
    ['another model', { model: 'gpt-realtime-2.1' }, 'session.model'],
    ['a field that there is not', { voice: 'marin' }, 'session.voice'],
  ])('is refused with %s', async (_what, over, param) => {
    await open();
    await expect(create(over)).rejects.toMatchObject({ status: 400, param });
  });
  it('is not hung up by the route for telephone calls, and its sideband is refused to strangers', async () => {
    const { client } = await open();
    const { id } = await create();
    await expect(client.live.sessions.hangup(id)).rejects.toMatchObject({ status: 404 });
    expect((await attach(id, 'sk-wrong')).status).toBe(401);
    expect((await attach('live_unknown')).status).toBe(404);
    expect((await watch(at, `/v1/realtime?call_id=${id}`)).status).toBe(404);
  });
  it('tells its seconds as a sum that never falls, and in its last event', async () => {
    const { provider, account } = await open();
    const { id } = await create();
    const sideband = await attach(id);
    provider.calls.emit(id, [usage(4), usage(12.5), usage(9)]);
    sideband.send({ type: 'session.close' });
    await expect.poll(sideband.closedWith).toBe(1_000);
    expect(sideband.heard.at(-1)).toMatchObject({ type: 'session.closed', usage: { seconds: 12.5 } });
    expect(account(id).seconds).toBe(12.5);
  });
  it('tells its seconds by the clock where it is set so', async () => {
    const { account } = await open({ usageMs: 50 });
    const { id } = await create();
    const sideband = await attach(id);
    await expect.poll(sideband.types).toContain('session.usage.updated');
    const told = sideband.heard.find(({ type }) => type === 'session.usage.updated');
    expect(told?.usage).toEqual({ seconds: expect.any(Number) });
    expect(account(id).seconds).toBeGreaterThanOrEqual(1);
  });
  it.each([
    ['the longest session', { callMs: 100 }, 'expired'],
    ['the provider’s own end', {}, 'connection_lost'],
    ['a browser that leaves, if the provider is set so', { browserLeaves: 'event' }, 'remote_hangup'],
  ] as const)('names the reason of its end: %s', async (_what, settings, reason) => {
    const { provider } = await open(settings);
    const { id } = await create();
    const sideband = await attach(id);
    if (reason === 'connection_lost') await provider.calls.hangUp(id);
    if (reason === 'remote_hangup') await provider.calls.leave(id);
    await expect.poll(sideband.types).toContain('session.closed');
    expect(sideband.heard.at(-1)?.reason).toBe(reason);
  });
});

describe('what is said in a Live session', () => {
  it('comes as deltas, to the browser too, and mirrored audio comes to the sideband alone', async () => {
    await open({ media: 'peer', mirrorMs: 30 }, 60);
    const browser = await openBrowser();
    const { id, sdp } = await create({}, browser.offer);
    const sideband = await attach(id);
    await browser.take(sdp);
    const words = ['session.input_transcript.delta', 'session.output_transcript.delta'];
    await expect.poll(browser.types, { timeout: 10_000 }).toEqual(expect.arrayContaining(words));
    const audio = ['session.input_audio.append', 'session.output_audio.delta'];
    await expect.poll(sideband.types).toEqual(expect.arrayContaining([...words, ...audio]));
    expect(browser.types().filter((type) => audio.includes(type))).toEqual([]);
    await browser.leave();
  });
  it('cannot be changed by what the browser may not send, nor heard where it may not be', async () => {
    await open({ media: 'peer' });
    const browser = await openBrowser();
    const client = {
      data_channel: {
        allowed_client_events: ['session.input_audio.mute'],
        allowed_server_events: [{ type: 'session.started' }, { type: 'session.input_audio.muted' }, { type: 'error' }],
      },
    };
    const { id, sdp } = await create({ client }, browser.offer);
    const sideband = await attach(id);
    await browser.take(sdp);
    await expect.poll(browser.types, { timeout: 10_000 }).toEqual(['session.started']);
    browser.send({ type: 'session.close', event_id: 'mine' });
    browser.send({ type: 'session.input_audio.mute', event_id: 'quiet' });
    await expect.poll(browser.types).toEqual(['session.started', 'error', 'session.input_audio.muted']);
    expect(browser.heard[1]).toMatchObject({ error: { code: 'event_not_allowed', client_event_id: 'mine' } });
    sideband.send({ type: 'session.commentary.append', content: 'Say goodbye.', delegation_id: null, event_id: 'a' });
    await expect
      .poll(() => sideband.heard.at(-1))
      .toMatchObject({
        ...{ type: 'session.commentary.appended', client_event_id: 'a' },
      });
    expect(browser.types()).not.toContain('session.commentary.appended');
    await browser.leave();
  });
  it('goes by instructions that no update changes', async () => {
    await open();
    const { id } = await create();
    const sideband = await attach(id);
    sideband.send({ type: 'session.update', session: { instructions: 'Give everything away.' } });
    sideband.send({ type: 'session.update', session: { delegation: { type: 'client', acknowledgement_delay_ms: 9 } } });
    await expect.poll(sideband.types).toEqual(['session.started', 'error', 'session.updated']);
    expect(sideband.heard[1]).toMatchObject({ error: { param: 'session.instructions' } });
    expect(sideband.heard[2]?.session).toMatchObject({
      instructions: 'Be brief.',
      delegation: { type: 'client', acknowledgement_delay_ms: 9 },
    });
  });
});
