import { Fault } from '@vox/platform/fault';
import { faultOfProblem } from './problem.ts';

/** One request to a server. `target` is the path with its query. */
export type Sent = Readonly<{
  method: string;
  target: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
  timeoutMs?: number;
  /** Hears every Set-Cookie, of refusals too. */
  onCookies?: (cookies: readonly string[]) => void;
}>;

const defaultMs = 15_000;
/** No answer of ours is as long: the longest is half a MiB of an archive, or a page of a log. */
const bytesMax = 16 * 1024 ** 2;

const unavailable = (message: string): Fault => new Fault('UNAVAILABLE', { message });

/**
 * Sends a request and answers its JSON. Follows no redirect: the credential is for this server alone. Throws the Fault
 * that the server names, or Fault UNAVAILABLE with a sentence when there is none of ours at this address.
 */
export async function send(origin: string, sent: Sent): Promise<unknown> {
  const { method, target, headers = {}, body, timeoutMs = defaultMs, onCookies } = sent;
  const signal = AbortSignal.timeout(timeoutMs);
  const init = { method, headers: { ...headers, 'user-agent': 'vox', accept: 'application/json' }, signal };
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${origin}${target}`, { ...init, redirect: 'manual', ...(body !== undefined && { body }) });
    text = await textOf(response);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw unavailable(whyNot(origin, error));
  }
  if (response.status >= 300 && response.status < 400)
    throw unavailable(`${origin} sends vox elsewhere, where it does not go: is this the address of VOX itself?`);
  const type = response.headers.get('content-type') ?? '';
  const value = /^application\/(problem\+)?json\b/.test(type) ? jsonOf(text) : undefined;
  if (value === undefined) throw unavailable(`${origin} does not answer as VOX does: is the address right?`);
  onCookies?.(response.headers.getSetCookie());
  if (!response.ok) throw faultOfProblem(value, origin);
  return value;
}

async function textOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.byteLength;
    if (length > bytesMax) throw unavailable('the server answers more than VOX ever would: is the address right?');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [
    /ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET|EHOSTUNREACH/,
    'no server answers there: is it running, and is the address right?',
  ],
  [/ENOTFOUND|EAI_AGAIN/, 'its host is unknown: is it spelled right?'],
  [/Timeout/i, 'the server did not answer in time; it may have done it all the same'],
  [/CERT|SSL|TLS|SIGNED/, 'its certificate is not trusted here'],
];

/** Shows no unknown error: its text could hold anything. */
function whyNot(origin: string, error: unknown): string {
  let text = '';
  for (let each = error; each instanceof Error; each = each.cause)
    text += ` ${each.name} ${(each as NodeJS.ErrnoException).code ?? ''}`;
  const [, why] = reasons.find(([kind]) => kind.test(text)) ?? [];
  return `${origin} cannot be reached: ${why ?? 'the connection failed'}`;
}
