import { standardProfiles } from '@vox/contracts';
import { liveProvider } from './live.ts';
import type { Place } from './place.ts';
import type { Provider } from './provider.ts';
import { type RealtimeTerms, realtimeProvider } from './realtime.ts';

export type OpenAiOptions = RealtimeTerms &
  Readonly<{
    /** A function is asked for each request: the key may be rotated while calls go on. */
    apiKey: string | (() => string);
    baseUrl: string;
    hangUpTimeoutMs: number;
    /** Longest wait for one answer. */
    deadlineMs?: number;
  }>;

/** OpenAI itself by both of its interfaces, each with a breaker of its own. */
export function openAiProviders({
  apiKey,
  baseUrl,
  hangUpTimeoutMs,
  deadlineMs = 10_000,
  ...terms
}: OpenAiOptions): Provider[] {
  const key = typeof apiKey === 'function' ? apiKey : () => apiKey;
  const headers = () => ({ Authorization: `Bearer ${key()}` });
  const place: Place = { baseUrl, path: '/v1', headers, deadlineMs, hangUpTimeoutMs };
  return standardProfiles.map((profile) =>
    profile.adapter === 'openai-live' ? liveProvider(profile, place) : realtimeProvider(profile, place, terms),
  );
}
