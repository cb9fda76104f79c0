import { ask, Refusal } from '../page/api.js';
import { addressOf } from '../page/reach.js';
import { words } from '../page/words.js';

const patienceMs = 15_000;

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
    const response = await fetch(addressOf(`/api/public/widget/bootstrap?${query}`), asked).catch(() => undefined);
    const answer = await response?.json().catch(() => undefined);
    if (answer?.ok) return keep(answer);
    const { code = 'EDGE_UNREACHABLE', userMessage = words.unreachable } = answer ?? {};
    throw new Refusal(userMessage, { code, ...(response && { status: response.status }) });
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
        if (/** @type {Refusal} */ (error).status !== 401) throw error;
        return introduce();
      }
    },
  };
}
