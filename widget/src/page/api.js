import { addressOf, isOwnPage } from './reach.js';
import { tryAgainIn, words } from './words.js';

/** A refusal in words that a visitor understands. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {{ status?: number, code?: string, reason?: string, retryAfterSeconds?: number }} [answered]
   */
  constructor(message, answered = {}) {
    super(message);
    this.status = answered.status;
    this.code = answered.code;
    this.reason = answered.reason;
    this.retryAfterSeconds = answered.retryAfterSeconds;
  }
}

/** The provider took no call. */
export const providerFailed = () => new Refusal(words.providerFailed, { code: 'PROVIDER_FAILED' });

/** The site that frames this page, as the server wrote it. The server takes no token of another site. */
export const framedBy = () => document.querySelector('meta[name="vox-origin"]')?.getAttribute('content') ?? '';

/** What a request says of its page. A tenant's own page says it all by its Origin. @returns {Record<string, string>} */
export const ofPage = () => (isOwnPage() ? { 'x-vox-framed-by': framedBy() } : {});

/**
 * Asks VOX. Throws Refusal with the server's `userMessage`, or with our own words when no answer came.
 * @param {string} path
 * @param {{ token: string, body?: object, headers?: Record<string, string>, keepalive?: boolean }} asked
 * @returns {Promise<any>}
 */
export async function ask(path, { token, body = {}, headers = {}, keepalive = false }) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(addressOf(path), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        ...ofPage(),
        ...headers,
      },
      body: JSON.stringify(body),
      credentials: 'omit',
      keepalive,
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    throw new Refusal(words.unreachable, { code: 'EDGE_UNREACHABLE' });
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const message = `${answer.userMessage ?? words.unreachable}${tryAgainIn(answer.retryAfter)}`;
  const { code, reason, retryAfter: retryAfterSeconds } = answer;
  throw new Refusal(message, { status: response.status, code, reason, retryAfterSeconds });
}

/** Waits for so long, but no longer than until the browser has a connection again. @param {number} ms */
const untilOnline = (ms) =>
  new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      window.removeEventListener('online', over);
      resolve(undefined);
    };
    const timer = setTimeout(over, ms);
    window.addEventListener('online', over);
  });
const pause = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends a report until the server takes it, or refuses it for what it says. It waits longer each time, and comes at
 * once when there is a connection again. One with `keepalive` outlives the page.
 * @param {string} path
 * @param {{ token: string, body: object, keepalive?: boolean }} report
 */
export async function deliver(path, report) {
  for (let waitMs = 1_000; ; waitMs = Math.min(waitMs * 2, 30_000)) {
    try {
      return await ask(path, report);
    } catch (error) {
      const { status } = /** @type {Refusal} */ (error);
      if (status !== undefined && status < 500 && status !== 429) throw error;
      // A server that answered has its reasons, whatever the connection does.
      await (status === undefined ? untilOnline(waitMs) : pause(waitMs));
    }
  }
}
