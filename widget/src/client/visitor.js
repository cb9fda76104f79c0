import { whenBlocked, whyUnasked } from '../embed/blocked.js';
import { ask, Refusal } from '../page/api.js';
import { addressOf } from '../page/reach.js';
import { words } from '../page/words.js';

const patienceMs = 15_000;

/** Lets the browser report first why it did not send a request. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 50));

/** Throws Refusal with what kept the request from VOX. @param {string} address @param {RequestInit} asked */
async function fetched(address, asked) {
  const watch = new AbortController();
  let isBlocked = false;
  whenBlocked({ base: addressOf(''), directive: 'connect-src', signal: watch.signal }, () => {
    isBlocked = true;
  });
  try {
    return await fetch(address, asked);
  } catch {
    await aMoment();
    const code = whyUnasked(isBlocked);
    throw new Refusal(code === 'EDGE_UNREACHABLE' ? words.unreachable : words.notHere, { code });
  } finally {
    watch.abort();
  }
}

/**
 * The visitor of a tenant's page: its token, which the server binds to the page's origin.
 * @param {{ widgetKey: string, agentId?: string | undefined }} wanted
 */
export function visitorOf({ widgetKey, agentId }) {
  /** @type {string | undefined} */
  let token;
  /** @param {any} answer */
  function keep(answer) {
    token = answer.widgetSessionToken;
    return answer;
  }

  async function introduce() {
    const query = new URLSearchParams({ key: widgetKey, ...(agentId !== undefined && { agentId }) });
    const asked = { credentials: /** @type {const} */ ('omit'), signal: AbortSignal.timeout(patienceMs) };
    const response = await fetched(addressOf(`/api/public/widget/bootstrap?${query}`), asked);
    const answer = await response.json().catch(() => undefined);
    if (answer?.ok) return keep(answer);
    const { code = 'INTERNAL', userMessage = words.unreachable } = answer ?? {};
    throw new Refusal(userMessage, { code, status: response.status });
  }

  /** The same visitor with a fresh token. Throws Refusal, too where there is no token yet. */
  const renew = async () => keep(await ask('/api/public/widget/renew', { token: token ?? '' }));

  return {
    renew,
    /** What the page needs for a call, for the same visitor while its token can be renewed, and then for a new one. */
    async arrive() {
      if (token === undefined) return introduce();
      try {
        return await renew();
      } catch (error) {
        const { status } = /** @type {Refusal} */ (error);
        // Once the key is revoked a page may not read why it is refused, but for what answers every page.
        if (status !== undefined && status !== 401) throw error;
        return introduce();
      }
    },
  };
}
