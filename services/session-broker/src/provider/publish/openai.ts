import { Reason } from '@vox/platform/fault';
import OpenAI, { APIError } from 'openai';
import { z } from 'zod';
import { callOf } from './location.ts';
import { type CallWanted, type MadeCall, type Provider, ProviderFailure, type SettingsWanted } from './provider.ts';
import { openSideband } from './sideband.ts';

export type OpenAiOptions = Readonly<{
  /** A function is asked for each request: the key may be rotated while calls go on. */
  apiKey: string | (() => string);
  baseUrl: string;
  secretSeconds: number;
  hangUpTimeoutMs: number;
  /** The model that transcribes what the visitor says. */
  transcriptionModel: string;
}>;

const Secret = z.object({ value: z.string().min(1).max(512), expires_at: z.number().int().positive() });

/**
 * The provider port over the official client. We decide when to retry, so the client's own retries are off. No redirect
 * is followed: the key goes nowhere else.
 */
export function openAiProvider(options: OpenAiOptions): Provider {
  const { apiKey: given, secretSeconds, hangUpTimeoutMs, transcriptionModel } = options;
  const apiKey = typeof given === 'function' ? given : () => given;
  const baseUrl = options.baseUrl.replace(/\/$/, '');
  const client = new OpenAI({
    apiKey: async () => apiKey(),
    baseURL: `${baseUrl}/v1`,
    maxRetries: 0,
    fetchOptions: { redirect: 'error' },
  });
  const hangUp: Provider['hangUp'] = (callId) => hungUp(client, callId, hangUpTimeoutMs);
  return {
    // Nobody on the internet serves this API in clear.
    isNear: new URL(baseUrl).protocol === 'http:',
    async clientSecret({ timeoutMs, ...wanted }) {
      const answer = await failing(() =>
        client.realtime.clientSecrets.create(
          {
            expires_after: { anchor: 'created_at', seconds: secretSeconds },
            session: sessionOf(wanted, transcriptionModel),
          },
          { timeout: timeoutMs, maxRetries: 0, signal: AbortSignal.timeout(timeoutMs) },
        ),
      );
      const secret = Secret.safeParse(answer);
      if (!secret.success) throw new ProviderFailure(secret.error);
      return { value: secret.data.value, expiresAtMs: secret.data.expires_at * 1_000 };
    },
    async makeCall(wanted) {
      const response = await failing(() => asked(client, wanted, transcriptionModel));
      const made = await readCall(response, `${baseUrl}/v1/`);
      if (made.foreign) {
        // The call exists, and we know its name. It is not ours to use: whoever answered so is not to be trusted.
        await hangUp(made.callId).catch(() => undefined);
        throw new ProviderFailure(new Reason('it placed a call at another origin'));
      }
      return { callId: made.callId, answer: made.answer };
    },
    openSideband(callId, listener, timeoutMs) {
      const url = new URL(`${baseUrl}/v1/realtime`);
      url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
      url.searchParams.set('call_id', callId);
      return openSideband({ url, headers: { Authorization: `Bearer ${apiKey()}` } }, listener, timeoutMs);
    },
    hangUp,
  };
}

const asked = (
  client: OpenAI,
  { offer, safetyIdentifier, timeoutMs, ...wanted }: CallWanted,
  transcriptionModel: string,
): Promise<Response> =>
  client.realtime.calls.create(
    { sdp: offer, session: sessionOf(wanted, transcriptionModel) },
    {
      timeout: timeoutMs,
      maxRetries: 0,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'OpenAI-Safety-Identifier': safetyIdentifier },
    },
  );

const answerMax = 32_768;

/** Reads what the provider answers to an offer. Whatever its body says, the status and the place come first. */
async function readCall(response: Response, baseUrl: string): Promise<MadeCall & Readonly<{ foreign: boolean }>> {
  const call = callOf(response.headers.get('location'), baseUrl);
  const answer = await failing(() => response.text());
  if (response.status !== 201 || call === undefined)
    throw new ProviderFailure(new Reason('it made no call that it names'), { status: response.status });
  if (!answer.startsWith('v=0') || answer.length > answerMax)
    throw new ProviderFailure(new Reason('its answer to an offer is no SDP'));
  return { callId: call.callId, answer, foreign: !call.isOwn };
}

const unknownCall = 404;

async function hungUp(client: OpenAI, callId: string, timeoutMs: number): ReturnType<Provider['hangUp']> {
  try {
    await failing(() =>
      client.realtime.calls.hangup(callId, { timeout: timeoutMs, signal: AbortSignal.timeout(timeoutMs) }),
    );
    return 'hung-up';
  } catch (error) {
    if (error instanceof ProviderFailure && error.status === unknownCall) return 'unknown';
    throw error;
  }
}

/** The provider always transcribes what it says itself. It transcribes what it hears only when asked to. */
const sessionOf = ({ agent, model, voice, transcribed }: SettingsWanted, transcriptionModel: string) => ({
  type: 'realtime' as const,
  model,
  instructions: agent.instructions,
  tools: agent.tools,
  audio: { ...(transcribed && { input: { transcription: { model: transcriptionModel } } }), output: { voice } },
});

async function failing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof APIError)) throw new ProviderFailure(error);
    const wait = Number(error.headers?.get('retry-after'));
    const retryAfterMs = Number.isFinite(wait) && wait > 0 ? wait * 1_000 : 0;
    throw new ProviderFailure(error, { retryAfterMs, status: error.status });
  }
}
