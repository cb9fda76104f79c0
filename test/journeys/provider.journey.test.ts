import { Agent } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { type Simulator, simulator } from '@vox/local/simulator';
import { type Listening, type ListenOptions, listen } from '@vox/platform/http';
import { openAiProviders } from '@vox/session-broker/openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const apiKey = 'sk-test';
const agent = Agent.parse(demoDraft.agents[0]);
const wanted = { agent, model: 'gpt-realtime-2.1', voice: 'marin', transcribed: true, timeoutMs: 300 };
const doors: Listening[] = [];
let simulated: Simulator;
let url: string;

function providerAt(baseUrl: string, key: string | (() => string) = apiKey) {
  const times = { secretSeconds: 60, hangUpTimeoutMs: 300 };
  const [provider] = openAiProviders({ apiKey: key, baseUrl, ...times, transcriptionModel: 'gpt-transcribe' });
  if (provider === undefined) throw new Error('no provider');
  return provider;
}
const open = async (app: Parameters<typeof listen>[0], over: Partial<ListenOptions> = {}): Promise<string> => {
  const door = await listen(app, { host: '127.0.0.1', port: 0, ...over });
  doors.push(door);
  return door.url;
};
const arm = (fault: object) =>
  fetch(`${url}/simulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ fault }),
  });
/** The error of a call to the provider, and how long it took. */
async function failing(ask: () => Promise<unknown>) {
  const started = performance.now();
  const failure = await ask().then(
    () => undefined,
    (error: unknown) => error as Error & { retryAfterMs: number },
  );
  return { failure, tookMs: performance.now() - started };
}

describe('the provider', () => {
  beforeEach(async () => {
    simulated = simulator({ apiKey, now: () => new Date() });
    url = await open(simulated.app, { upgrade: simulated.upgrade });
  });
  afterEach(async () => {
    await simulated.close();
    for (const door of doors.splice(0)) await door.close(0);
  });

  it('gives a secret with the requested lifetime', async () => {
    const { value, expiresAtMs } = await providerAt(url).clientSecret(wanted);
    expect(value).toMatch(/^ek_/);
    expect(Math.abs(expiresAtMs - Date.now() - 60_000)).toBeLessThan(3_000);
  });
  it('is asked with the key of now, whose file may have changed since the last request', async () => {
    let key = 'sk-of-yesterday';
    const provider = providerAt(url, () => key);
    await expect(provider.clientSecret(wanted)).rejects.toMatchObject({ name: 'ProviderFailure' });
    key = apiKey;
    expect((await provider.clientSecret(wanted)).value).toMatch(/^ek_/);
  });
  it('transcribes the visitor’s words only when they are kept', async () => {
    const transcribed = async () =>
      ((await (await fetch(`${url}/simulator/state`)).json()) as { transcribed: number }).transcribed;
    await providerAt(url).clientSecret({ ...wanted, transcribed: false });
    expect(await transcribed()).toBe(0);
    await providerAt(url).clientSecret(wanted);
    expect(await transcribed()).toBe(1);
  });
  it.each([
    ['refuses', { kind: 'status', status: 500 }, 0],
    ['is busy and says for how long', { kind: 'status', status: 429, retryAfterSeconds: 7 }, 7_000],
    ['hangs', { kind: 'hang' }, 0],
    ['is late', { kind: 'delay', ms: 5_000 }, 0],
    ['cuts the line', { kind: 'reset' }, 0],
    ['gives half an answer', { kind: 'half' }, 0],
    ['answers no JSON', { kind: 'malformed' }, 0],
  ])(
    'that %s fails with one error in time, after one question, and its words are not passed on',
    async (_what, fault, waitMs) => {
      await arm(fault);
      const { failure, tookMs } = await failing(() => providerAt(url).clientSecret(wanted));
      expect(failure).toMatchObject({ name: 'ProviderFailure', retryAfterMs: waitMs });
      expect(failure?.message).toBe('the provider gave no answer that we can use');
      expect(tookMs).toBeLessThan(1_500);
      expect((await providerAt(url).clientSecret(wanted)).value).toMatch(/^ek_/);
    },
  );
  it.each([{}, { value: '', expires_at: 1 }, { value: 'ek_1', expires_at: 'soon' }, { value: 'x'.repeat(600) }, []])(
    'is not believed when it answers %j',
    async (answer) => {
      const other = await open((_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(answer));
      });
      const { failure } = await failing(() => providerAt(other).clientSecret(wanted));
      expect(failure).toMatchObject({ name: 'ProviderFailure' });
    },
  );
  it('that does not know our key, or is unreachable, fails with the same error', async () => {
    const nobody = 'http://127.0.0.1:1';
    for (const provider of [providerAt(url, 'sk-wrong'), providerAt(nobody)]) {
      expect((await failing(() => provider.clientSecret(wanted))).failure).toMatchObject({ name: 'ProviderFailure' });
      expect((await failing(() => provider.hangUp('rtc_x'))).failure).toMatchObject({ name: 'ProviderFailure' });
    }
  });
});
