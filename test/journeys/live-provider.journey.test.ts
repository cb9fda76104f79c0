import { Agent } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { type Simulator, simulator } from '@vox/local/simulator';
import { type Listening, listen } from '@vox/platform/http';
import { openAiProviders } from '@vox/session-broker/openai';
import { configuredProviders } from '@vox/session-broker/providers';
import { someOffer } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { otherHost, rowsOf } from './other-provider.ts';

const apiKey = 'sk-test';
const agent = Agent.parse(demoDraft.agents[0]);
const safetyIdentifier = 'hash-of-a-visitor';
const wanted = {
  ...{ agent, model: 'gpt-live-1', voice: 'marin', transcribed: true, timeoutMs: 400 },
  ...{ offer: someOffer, channel: 'none' as const, safetyIdentifier },
};
const terms = { secretSeconds: 60, hangUpTimeoutMs: 400, transcriptionModel: 'gpt-transcribe' };
const doors: Listening[] = [];
let simulated: Simulator;
let url: string;

const live = (baseUrl = url, key = apiKey) => {
  const found = openAiProviders({ apiKey: key, baseUrl, ...terms }).find(({ profile }) => profile.id === 'openai-live');
  if (found === undefined) throw new Error('no provider');
  return found;
};
const arm = (fault: object, route = 'live') =>
  fetch(`${url}/simulator/faults`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ fault, route }),
  });
const shown = (callId: string) => simulated.calls.show(callId) as { session: Record<string, unknown> } | undefined;
const deaf = { onEvent: () => undefined, onClosed: () => undefined };

beforeEach(async () => {
  simulated = simulator({ apiKey, now: () => new Date(), turnMs: 0, settings: { media: 'none', usageMs: 0 } });
  doors.push(await listen(simulated.app, { host: '127.0.0.1', port: 0, upgrade: simulated.upgrade }));
  url = doors[0]?.url ?? '';
});
afterEach(async () => {
  await simulated.close();
  for (const door of doors.splice(0)) await door.close(0);
});

describe('a provider of the Live API', () => {
  it('makes a call with the agent’s settings, for a person that it cannot name, and keeps no recording', async () => {
    const { callId, answer } = await live().makeCall(wanted);
    expect(answer).toMatch(/^v=0/);
    const [account] = simulated.calls.books();
    expect(account).toMatchObject({ id: callId, kind: 'live', mode: 'key', safetyIdentifier });
    expect(shown(callId)?.session).toMatchObject({
      ...{ model: 'gpt-live-1', instructions: agent.instructions, store: false },
      audio: { output: { voice: 'marin' } },
    });
  });
  it.each([
    ['none', [], []],
    [
      'guarded',
      ['session.input_audio.mute', 'session.input_audio.unmute'],
      ['session.input_audio.muted', 'session.input_audio.unmuted', 'error'],
    ],
  ] as const)(
    'lets a browser whose channel is %s say and hear what is listed and nothing else',
    async (channel, sayable, hearable) => {
      const { callId } = await live().makeCall({ ...wanted, channel });
      expect(shown(callId)?.session.client).toEqual({
        data_channel: {
          allowed_client_events: sayable,
          allowed_server_events: hearable.map((type) => ({ type })),
        },
      });
      const update = { type: 'session.update', session: { triggers: [] } };
      simulated.calls.hearBrowser(callId, [{ type: 'session.close' }, update]);
      expect(shown(callId)?.session).toBeDefined();
      expect(shown(callId)?.session).not.toHaveProperty('triggers');
    },
  );
  it('ends a session over its sideband and says so, and knows none that has ended', async () => {
    const { callId } = await live().makeCall(wanted);
    expect(await live().hangUp(callId)).toBe('hung-up');
    expect(simulated.calls.books()[0]?.endedBy).toBe('hangup');
    expect(await live().hangUp(callId)).toBe('unknown');
    await expect(live().openSideband(callId, deaf, 400)).rejects.toMatchObject({ status: 404 });
  });
  it.each([
    ['refuses', { kind: 'status', status: 500 }],
    ['hangs', { kind: 'hang' }],
    ['cuts the line', { kind: 'reset' }],
    ['gives half an answer', { kind: 'half' }],
    ['answers no JSON', { kind: 'malformed' }],
    ['answers an SDP and no session', { kind: 'sdp', status: 201 }],
    ['loses its answer', { kind: 'lost', how: 'reset' }],
    ['leads elsewhere', { kind: 'redirect', to: '/v1/models', status: 307 }],
  ])('that %s makes no call, in time, and its words are not passed on', async (_what, fault) => {
    await arm(fault);
    const started = performance.now();
    const failure = await live()
      .makeCall(wanted)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'ProviderFailure', isOfRequest: false });
    expect((failure as Error).message).toBe('the provider gave no answer that we can use');
    expect(performance.now() - started).toBeLessThan(1_500);
  });
  it('that refuses the offer says so', async () => {
    await expect(live().makeCall({ ...wanted, offer: 'canary' })).rejects.toMatchObject({ isOfRequest: true });
  });
  it.each([
    ['does not open a sideband', { kind: 'hang' }],
    ['opens one and says nothing', { kind: 'mute' }],
  ])('that %s has not confirmed an end', async (_what, fault) => {
    const { callId } = await live().makeCall(wanted);
    await arm(fault, 'sideband');
    await expect(live().hangUp(callId)).rejects.toMatchObject({ name: 'ProviderFailure' });
    // What it did meanwhile is found when the end is tried again.
    expect(['hung-up', 'unknown']).toContain(await live().hangUp(callId));
    expect(simulated.calls.books()[0]?.endedBy).toBe('hangup');
  });
  it('lends no client secret', async () => {
    await expect(live().clientSecret(wanted)).rejects.toMatchObject({ name: 'ProviderFailure' });
  });
});

describe('a provider of another host', () => {
  it.each([
    ['openai-realtime', 'gpt-realtime-2.1', /^rtc_/],
    ['openai-live', 'gpt-live-1', /^live_/],
  ] as const)(
    'is reached by its path and headers, and is sent nothing else of ours: %s',
    async (adapter, model, id) => {
      const door = await otherHost(simulated, apiKey);
      doors.push(door);
      const rows = rowsOf({ id: 'far', adapter, baseUrl: door.url, path: '/openai/v1' });
      const provider = configuredProviders(rows, { apiKey, baseUrl: url, ...terms }).find(
        ({ profile }) => profile.id === 'far',
      );
      const made = await provider?.makeCall({ ...wanted, model });
      expect(made?.callId).toMatch(id);
      const sideband = await provider?.openSideband(made?.callId ?? '', deaf, 400);
      sideband?.close();
      expect(await provider?.hangUp(made?.callId ?? '')).toBe('hung-up');
    },
  );
});
