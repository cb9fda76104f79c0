import OpenAI, { APIError } from 'openai';
import { z } from 'zod';
import { type Provider, ProviderFailure, type SecretWanted } from './provider.ts';

export type OpenAiOptions = Readonly<{
  apiKey: string;
  baseUrl: string;
  secretSeconds: number;
  hangUpTimeoutMs: number;
  /** The model that transcribes what the visitor says. */
  transcriptionModel: string;
}>;

const Secret = z.object({ value: z.string().min(1).max(512), expires_at: z.number().int().positive() });

/** The provider port over the official client. We decide when to retry, so the client's own retries are off. */
export function openAiProvider(options: OpenAiOptions): Provider {
  const { apiKey, baseUrl, secretSeconds, hangUpTimeoutMs, transcriptionModel } = options;
  const client = new OpenAI({ apiKey, baseURL: `${baseUrl.replace(/\/$/, '')}/v1`, maxRetries: 0 });
  return {
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
    hangUp: (callId) =>
      failing(() =>
        client.realtime.calls.hangup(callId, {
          timeout: hangUpTimeoutMs,
          signal: AbortSignal.timeout(hangUpTimeoutMs),
        }),
      ),
  };
}

/** The provider always transcribes what it says itself. It transcribes what it hears only when asked to. */
const sessionOf = (
  { agent, model, voice, transcribed }: Omit<SecretWanted, 'timeoutMs'>,
  transcriptionModel: string,
) => ({
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
    const wait = error instanceof APIError ? Number(error.headers?.get('retry-after')) : 0;
    throw new ProviderFailure(error, Number.isFinite(wait) && wait > 0 ? wait * 1_000 : 0);
  }
}
