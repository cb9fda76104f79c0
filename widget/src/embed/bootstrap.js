import { troubleOf } from '../troubles.js';
import { whenBlocked, whyUnasked } from './blocked.js';

/**
 * What the server says of the widget key.
 * @typedef {{ tenantId: string, agentId: string, displayName: string, branding: { primaryColor: string },
 *   widgetSessionToken: string }} Boot
 */

/** A token lives five minutes. */
const renewAfterMs = 240_000;

/** Thrown when there is no call to offer. */
export class NoCall extends Error {
  /** @param {import('../troubles.js').Trouble} trouble */
  constructor(trouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}

/** Lets the browser report first why it did not send a request. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

/**
 * Asks the server for what a page needs, with a token for one visitor: once for all who ask at the same time, and again
 * when the token ends soon. Throws NoCall.
 * @param {{ settings: import('./settings.js').Settings, words: () => { notHere: string, unreachable: string },
 *   signal: AbortSignal }} wanted
 * @returns {() => Promise<Boot>}
 */
export function bootstrapOf({ settings: { base, widgetKey, agentId }, words, signal }) {
  const query = new URLSearchParams({ key: widgetKey, ...(agentId && { agentId }) });
  /** @type {{ answer: Promise<Boot>, atMs: number } | undefined} */
  let known;
  let isBlocked = false;
  whenBlocked({ base, directive: 'connect-src', signal }, () => {
    isBlocked = true;
  });

  async function answered() {
    try {
      const response = await fetch(`${base}/api/public/widget/bootstrap?${query}`, { credentials: 'omit' });
      return await response.json();
    } catch {
      await aMoment();
      const code = whyUnasked(isBlocked);
      const { notHere, unreachable } = words();
      throw new NoCall(troubleOf(code, { message: code === 'EDGE_UNREACHABLE' ? unreachable : notHere, more: base }));
    }
  }

  async function ask() {
    const answer = await answered();
    if (answer?.ok === true) return answer;
    const { code = 'INTERNAL', userMessage, error } = answer ?? {};
    throw new NoCall(troubleOf(code, { message: userMessage ?? error ?? words().unreachable }));
  }

  return () => {
    if (known !== undefined && Date.now() - known.atMs <= renewAfterMs) return known.answer;
    const asked = { answer: ask(), atMs: Date.now() };
    known = asked;
    asked.answer.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked.answer;
  };
}
