import OpenAI, { APIError } from 'openai';
import { type Provider, ProviderFailure } from './provider.ts';
import type { SidebandAddress } from './sideband.ts';

/** Where a provider is, and how long an answer of it may take. */
export type Place = Readonly<{
  /** Its origin, such as `https://api.openai.com`. */
  baseUrl: string;
  /** Where its interface begins, such as `/v1`. */
  path: string;
  /**
   * What each request says, and with it who we are. They go to this place and nowhere else. Asked for each request: a
   * key may be rotated while calls go on.
   */
  headers: () => Readonly<Record<string, string>>;
  deadlineMs: number;
  hangUpTimeoutMs: number;
}>;

const originOf = ({ baseUrl }: Pick<Place, 'baseUrl'>): string => baseUrl.replace(/\/$/, '');

/** Nobody on the internet serves these interfaces in clear. */
export const isNear = (place: Pick<Place, 'baseUrl'>): Provider['isNear'] =>
  new URL(place.baseUrl).protocol === 'http:';

/** The address that places of calls are read against. */
export const baseOf = (place: Pick<Place, 'baseUrl' | 'path'>): string => `${originOf(place)}${place.path}`;

/**
 * The official client. We decide when to retry, so its own retries are off. No redirect is followed, and neither a key
 * nor the name of an organization or a project comes from the environment: those of one provider go to no other.
 */
export const clientAt = (place: Place): OpenAI =>
  new OpenAI({
    baseURL: baseOf(place),
    // The client wants one. What is sent stands in the headers alone.
    apiKey: 'in-headers',
    organization: null,
    project: null,
    defaultHeaders: { Authorization: null },
    maxRetries: 0,
    fetchOptions: { redirect: 'error' },
    fetch(url, init) {
      const headers = new Headers(init?.headers);
      for (const [name, value] of Object.entries(place.headers())) headers.set(name, value);
      return fetch(url, { ...init, headers });
    },
  });

/** What one request may take. */
export const within = (timeoutMs: number) => ({
  timeout: timeoutMs,
  maxRetries: 0,
  signal: AbortSignal.timeout(timeoutMs),
});

/** Where a sideband is opened. */
export function sidebandAt(place: Place, path: string, query: Readonly<Record<string, string>> = {}): SidebandAddress {
  const url = new URL(`${baseOf(place)}${path}`);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { url, headers: place.headers() };
}

/** Longest answer to an offer that is taken, in characters. */
export const answerMax = 32_768;
/** Whether a text may be the answer to an offer. */
export const isSdp = (text: string): boolean => text.startsWith('v=0') && text.length <= answerMax;

export async function failing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof APIError)) throw new ProviderFailure(error);
    const wait = Number(error.headers?.get('retry-after'));
    const retryAfterMs = Number.isFinite(wait) && wait > 0 ? wait * 1_000 : 0;
    throw new ProviderFailure(error, { retryAfterMs, status: error.status });
  }
}
