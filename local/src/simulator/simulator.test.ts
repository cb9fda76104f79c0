import { type Listening, listen } from '@vox/platform/http';
import OpenAI, { APIConnectionError, APIError } from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RTCPeerConnection, useOPUS } from 'werift';
import { type Simulator, simulator } from './simulator.ts';

const apiKey = 'sk-test';
let provider: Simulator;
let door: Listening;
let client: OpenAI;
beforeEach(async () => {
  provider = simulator({ apiKey, now: () => new Date(), turnMs: 50 });
  door = await listen(provider.app, { host: '127.0.0.1', port: 0 });
  client = new OpenAI({ apiKey, baseURL: `${door.url}/v1`, maxRetries: 0, timeout: 500 });
});
afterEach(async () => {
  await provider.close();
  await door.close(0);
});

const session = {
  type: 'realtime' as const,
  model: 'gpt-realtime-2.1',
  audio: { input: { transcription: { model: 'gpt-transcribe' } } },
};
const mint = () => client.realtime.clientSecrets.create({ session });
const arm = (fault: object) =>
  fetch(`${door.url}/simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault }),
  });
const state = async () => (await (await fetch(`${door.url}/simulator/state`)).json()) as Record<string, number>;
const begin = (secret: string, offer: string) =>
  fetch(`${door.url}/v1/realtime/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/sdp' },
    body: offer,
  });

describe('the provider simulator', () => {
  it('gives the official client a secret with its expiry and the session', async () => {
    const secret = await client.realtime.clientSecrets.create({
      session: { ...session, instructions: 'Be brief.', audio: { output: { voice: 'marin' } } },
      expires_after: { anchor: 'created_at', seconds: 60 },
    });
    expect(secret.value).toMatch(/^ek_/);
    expect(secret.expires_at).toBeGreaterThan(Date.now() / 1_000 + 50);
    expect(secret.session).toMatchObject({ type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'Be brief.' });
  });
  it('refuses a wrong key and a wrong body in the provider’s shape', async () => {
    const stranger = new OpenAI({ apiKey: 'sk-wrong', baseURL: `${door.url}/v1`, maxRetries: 0 });
    await expect(stranger.realtime.clientSecrets.create({ session })).rejects.toMatchObject({ status: 401 });
    await expect(
      client.realtime.clientSecrets.create({ session: { type: 'realtime', model: 'no-such' } }),
    ).rejects.toMatchObject({ status: 400, type: 'invalid_request_error' });
  });
  it.each([
    [{ kind: 'status', status: 500 }, APIError],
    [{ kind: 'status', status: 429, retryAfterSeconds: 7 }, APIError],
    [{ kind: 'hang' }, APIConnectionError],
    [{ kind: 'reset' }, APIConnectionError],
    [{ kind: 'half' }, Error],
    [{ kind: 'malformed' }, Error],
  ])('fails once with the fault %j that was armed', async (fault, thrown) => {
    await arm(fault);
    await expect(mint()).rejects.toBeInstanceOf(thrown);
    expect((await mint()).value).toMatch(/^ek_/);
  });
  it('sends Retry-After with a fault that has one', async () => {
    await arm({ kind: 'status', status: 429, retryAfterSeconds: 7 });
    const error = (await mint().catch((thrown: unknown) => thrown)) as APIError;
    expect(error.headers?.get('retry-after')).toBe('7');
  });
});

describe('a call with the simulated provider', () => {
  async function dial(secret: string) {
    const peer = new RTCPeerConnection({
      iceServers: [],
      iceAdditionalHostAddresses: ['127.0.0.1'],
      codecs: { audio: [useOPUS()] },
    });
    peer.addTransceiver('audio', { direction: 'sendrecv' });
    const channel = peer.createDataChannel('oai-events');
    const events: { type: string; response?: { usage?: { total_tokens: number } } }[] = [];
    channel.onMessage.subscribe((data) => events.push(JSON.parse(data.toString())));
    let packets = 0;
    peer.onTrack.subscribe((track) =>
      track.onReceiveRtp.subscribe(() => {
        packets += 1;
      }),
    );
    await peer.setLocalDescription(await peer.createOffer());
    const answer = await begin(secret, peer.localDescription?.sdp ?? '');
    if (answer.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    return { peer, channel, events, answer, packets: () => packets };
  }
  const types = (events: readonly { type: string }[]) => new Set(events.map(({ type }) => type));

  it('brings audio, and events with usage on the data channel', async () => {
    const { peer, events, answer, packets } = await dial((await mint()).value);
    expect(answer.headers.get('location')).toMatch(/^\/v1\/realtime\/calls\/rtc_/);
    const wanted = [
      'session.created',
      'conversation.item.input_audio_transcription.completed',
      'response.output_audio_transcript.done',
      'response.done',
    ];
    await expect.poll(() => [...types(events)], { timeout: 10_000 }).toEqual(expect.arrayContaining(wanted));
    expect(events.find(({ type }) => type === 'response.done')?.response?.usage?.total_tokens).toBe(190);
    await expect.poll(packets, { timeout: 10_000 }).toBeGreaterThan(5);
    await peer.close();
  }, 20_000);
  it('has its visitor transcribed only where the session asks for it', async () => {
    const unheard = await client.realtime.clientSecrets.create({
      session: { type: 'realtime', model: 'gpt-realtime-2.1' },
    });
    const { peer, events } = await dial(unheard.value);
    await expect.poll(() => [...types(events)], { timeout: 10_000 }).toContain('response.output_audio_transcript.done');
    expect([...types(events)]).not.toContain('conversation.item.input_audio_transcription.completed');
    await peer.close();
  }, 20_000);
  it('is hung up by the holder of the API key', async () => {
    const { peer, answer, events } = await dial((await mint()).value);
    await expect.poll(() => events.length, { timeout: 10_000 }).toBeGreaterThan(0);
    const id = answer.headers.get('location')?.split('/').at(-1) ?? '';
    await client.realtime.calls.hangup(id);
    await expect.poll(async () => (await state()).open).toBe(0);
    await expect(client.realtime.calls.hangup(id)).rejects.toMatchObject({ status: 404 });
    await peer.close();
  }, 20_000);
  it('begins once with a secret, and never with an unknown secret or an offer that is no SDP', async () => {
    const { value } = await mint();
    const first = await dial(value);
    expect(first.answer.status).toBe(201);
    const second = await dial(value);
    expect(second.answer.status).toBe(401);
    for (const { peer } of [first, second]) await peer.close();
    expect((await begin('ek_unknown', 'v=0')).status).toBe(401);
    expect((await begin((await mint()).value, 'nonsense')).status).toBe(400);
  }, 20_000);
});
