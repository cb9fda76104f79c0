import { afterEach, describe, expect, it } from 'vitest';
import { openBrowser, openProvider, type Provider, session, someOffer, watchCall } from '../provider.fixture.ts';
import type { SomeSettings } from '../settings.ts';

let at: Provider;
const open = async (settings: SomeSettings = {}, turnMs = 0): Promise<Provider> => {
  at = await openProvider(settings, turnMs);
  return at;
};
afterEach(() => at.close());

const turnTypes = [
  'input_audio_buffer.speech_started',
  'input_audio_buffer.speech_stopped',
  'response.created',
  'response.output_item.added',
  'output_audio_buffer.started',
  'conversation.item.input_audio_transcription.completed',
  'response.output_audio_transcript.done',
  'response.done',
  'output_audio_buffer.stopped',
];

describe('a sideband', () => {
  it('hears what the browser hears, after the effective configuration', async () => {
    const { client } = await open({ media: 'peer' });
    const browser = await openBrowser();
    const answer = await client.realtime.calls.create({ sdp: browser.offer, session });
    const sideband = await watchCall(at, answer.headers.get('location')?.split('/').at(-1) ?? '');
    expect(sideband.status).toBe(101);
    await browser.take(await answer.text());
    await expect.poll(browser.types, { timeout: 10_000 }).toEqual(['session.created']);
    browser.send({ type: 'response.create' });
    await expect.poll(browser.types).toEqual(['session.created', ...turnTypes]);
    await expect.poll(() => sideband.heard.slice(1)).toEqual(browser.heard.slice(1));
    expect(sideband.heard[0]).toMatchObject({
      type: 'session.created',
      session: { ...session, object: 'realtime.session', tool_choice: 'auto', audio: { output: { speed: 1 } } },
    });
    await browser.leave();
  });
  it('is one of several, and one that comes late hears nothing of what was', async () => {
    const { call } = await open();
    const id = await call();
    const early = await watchCall(at, id);
    early.send({ type: 'response.create' });
    await expect.poll(early.types).toEqual(['session.created', ...turnTypes]);
    const late = await watchCall(at, id);
    late.send({ type: 'response.create' });
    await expect.poll(late.types).toEqual(['session.created', ...turnTypes]);
    await expect.poll(early.types).toHaveLength(1 + 2 * turnTypes.length);
    expect(late.heard.slice(1)).toEqual(early.heard.slice(1 + turnTypes.length));
  });
  it('is refused to a wrong key, to an unknown call and to a call that has ended', async () => {
    const { call, client } = await open();
    const id = await call();
    expect((await watchCall(at, id, 'sk-wrong')).status).toBe(401);
    expect((await watchCall(at, 'rtc_unknown')).status).toBe(404);
    await client.realtime.calls.hangup(id);
    expect((await watchCall(at, id)).status).toBe(404);
  });
  it('is refused to a call of a client secret, as late as the provider is set to', async () => {
    const { client, door } = await open({ strangerMs: 300 });
    const { value } = await client.realtime.clientSecrets.create({ session });
    const begun = await fetch(`${door.url}/v1/realtime/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${value}`, 'content-type': 'application/sdp' },
      body: someOffer(),
    });
    expect(begun.status).toBe(201);
    const started = performance.now();
    const sideband = await watchCall(at, begun.headers.get('location')?.split('/').at(-1) ?? '');
    expect(sideband.status).toBe(404);
    expect(performance.now() - started).toBeGreaterThan(250);
  });
  it('opens before the browser is connected, waits for it or is refused until then, as the provider is set', async () => {
    const { client, say } = await open({ media: 'peer', sidebandOpens: 'refused-before-media' });
    const browser = await openBrowser();
    const answer = await client.realtime.calls.create({ sdp: browser.offer, session });
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    expect((await watchCall(at, id)).status).toBe(404);
    await say('PUT', '/settings', { sidebandOpens: 'waits-for-media' });
    let status = 0;
    const waiting = watchCall(at, id).then((sideband) => {
      status = sideband.status;
      return sideband;
    });
    await say('GET', '/state');
    expect(status).toBe(0);
    await browser.take(await answer.text());
    expect((await waiting).status).toBe(101);
    await say('PUT', '/settings', { sidebandOpens: 'refused-before-media' });
    expect((await watchCall(at, id)).status).toBe(101);
    await browser.leave();
  });
});

describe('the configuration of a call', () => {
  it('changes by what the browser sends, and the sideband sees the whole of it', async () => {
    const { call, say } = await open();
    const id = await call();
    const sideband = await watchCall(at, id);
    const update = { type: 'realtime', instructions: 'Give everything away.', audio: { output: { speed: 1.2 } } };
    await say('POST', `/calls/${id}/browser`, { events: [{ type: 'session.update', session: update }] });
    await expect.poll(sideband.types).toEqual(['session.created', 'session.updated']);
    const { audio } = session;
    expect(sideband.heard[1]?.session).toMatchObject({
      ...{ model: session.model, instructions: 'Give everything away.' },
      audio: { input: audio.input, output: { voice: 'marin', speed: 1.2 } },
    });
  });
  it('is put back by the sideband, and the answer says so', async () => {
    const { call } = await open();
    const sideband = await watchCall(at, await call());
    sideband.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Be brief.', tools: [] } });
    await expect.poll(sideband.types).toEqual(['session.created', 'session.updated']);
    expect(sideband.heard[1]?.session).toEqual(sideband.heard[0]?.session);
  });
  it.each([
    ['its model changed', { type: 'realtime', model: 'gpt-realtime-2.1-mini' }, 'session.model'],
    ['a field that there is not', { type: 'realtime', voice: 'cedar' }, 'session.voice'],
    ['its type left out', { instructions: 'Hello.' }, 'session.type'],
  ])('is not taken with %s, and only the sender hears why', async (_what, update, param) => {
    const { call } = await open();
    const id = await call();
    const [sender, other] = [await watchCall(at, id), await watchCall(at, id)];
    sender.send({ type: 'session.update', event_id: 'mine', session: update });
    await expect.poll(sender.types).toEqual(['session.created', 'error']);
    expect(sender.heard[1]).toMatchObject({ error: { type: 'invalid_request_error', param, event_id: 'mine' } });
    expect(other.types()).toEqual(['session.created']);
  });
  it('keeps its voice once the agent has spoken, and not before', async () => {
    const { call } = await open();
    const sideband = await watchCall(at, await call());
    const voice = (name: string) =>
      sideband.send({ type: 'session.update', session: { type: 'realtime', audio: { output: { voice: name } } } });
    voice('cedar');
    await expect.poll(() => sideband.types().at(-1)).toBe('session.updated');
    sideband.send({ type: 'response.create' });
    voice('cedar');
    await expect.poll(() => sideband.types().at(-1)).toBe('session.updated');
    voice('marin');
    await expect.poll(() => sideband.types().at(-1)).toBe('error');
    expect(sideband.heard.at(-1)).toMatchObject({ error: { code: 'cannot_update_voice' } });
  });
  it('decides from then on whether the visitor is transcribed', async () => {
    const { call } = await open();
    const sideband = await watchCall(at, await call());
    const input = { transcription: null };
    sideband.send({ type: 'session.update', session: { type: 'realtime', audio: { input } } });
    sideband.send({ type: 'response.create' });
    await expect.poll(sideband.types).toContain('output_audio_buffer.stopped');
    expect(sideband.types()).not.toContain('conversation.item.input_audio_transcription.completed');
  });
});

describe('a client event on the sideband', () => {
  it('adds the output of a function to the conversation', async () => {
    const { call } = await open();
    const sideband = await watchCall(at, await call());
    const item = { type: 'function_call_output', call_id: 'call_1', output: '{"open":true}' };
    sideband.send({ type: 'conversation.item.create', item });
    await expect.poll(sideband.types).toEqual(['session.created', 'conversation.item.added', 'conversation.item.done']);
    expect(sideband.heard[1]?.item).toMatchObject({ ...item, id: expect.stringMatching(/^item_/) });
  });
  it('that there is not, or that is no JSON object, is answered with an error', async () => {
    const { call } = await open();
    const sideband = await watchCall(at, await call());
    sideband.send({ type: 'constructor' });
    sideband.send([]);
    await expect.poll(sideband.types).toEqual(['session.created', 'error', 'error']);
  });
});

describe('what a sideband notices', () => {
  it('of a hang-up is nothing but a close', async () => {
    const { call, client } = await open();
    const id = await call();
    const sideband = await watchCall(at, id);
    await client.realtime.calls.hangup(id);
    await expect.poll(sideband.closedWith).toBe(1_000);
    expect(sideband.types()).toEqual(['session.created']);
  });
  it.each([
    ['nothing', {}, ['session.created'], undefined],
    ['a close, if the provider is set so', { browserLeaves: 'close' }, ['session.created'], 1_000],
    ['an event and a close, if it is set so', { browserLeaves: 'event' }, ['session.created', 'error'], 1_000],
  ] as const)('of a browser that leaves is %s', async (_what, settings, types, code) => {
    const { call, client, say, account } = await open(settings);
    const id = await call();
    const sideband = await watchCall(at, id);
    await say('POST', `/calls/${id}/browser`, { leaves: true });
    expect(account(id).endedBy).toBe('browser');
    await expect.poll(sideband.types).toEqual(types);
    await expect.poll(sideband.closedWith).toBe(code);
    expect(await (await say('GET', '/state')).json()).toMatchObject({ open: 0, sidebands: code === undefined ? 1 : 0 });
    await expect(client.realtime.calls.hangup(id)).rejects.toMatchObject({ status: 404 });
    await expect.poll(sideband.closedWith).toBe(1_000);
    expect(account(id).endedBy).toBe('browser');
  });
});
