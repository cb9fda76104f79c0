import { answerDemand } from './consent.js';
import { words } from './words.js';

/**
 * A consent that the agent asks for during a call, in the words in force. The agent waits for the answer for so many
 * seconds.
 * @typedef {import('./consent.js').Demand & { useId: string, seconds: number }} Asked
 */

/**
 * Asks the visitor, during a call, for what its agent wants to be agreed to. Only a click is an answer. `token` is the
 * call's own, by which the agent learns of the answer once it is recorded. `agreed` runs when the visitor may take back
 * from now on what it agreed to.
 * @param {{ renew: () => Promise<any>, token: string, view: import('./request.js').View,
 *   agreed: (demand: import('./consent.js').Demand) => void }} call
 */
export function askedBy({ renew, token, view, agreed }) {
  /** @type {string | undefined} */
  let open;
  /** The server says again and again what it waits for. @type {Set<string>} */
  const known = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function close() {
    clearTimeout(timer);
    open = undefined;
    view.ask(undefined);
  }

  /** @param {Asked} demand @param {boolean} given */
  async function answer(demand, given) {
    if (open !== demand.useId) return;
    close();
    try {
      const { widgetSessionToken } = await renew();
      await answerDemand({ token: widgetSessionToken, demand, given, call: token });
      if (given && demand.purpose === 'transcripts') agreed(demand);
      view.notice(given ? words.agreed : words.declined);
    } catch (error) {
      view.notice(/** @type {Error} */ (error).message);
    }
  }

  return {
    /** @param {Asked} demand */
    ask(demand) {
      if (known.has(demand.useId)) return;
      close();
      known.add(demand.useId);
      open = demand.useId;
      timer = setTimeout(close, demand.seconds * 1_000);
      view.ask({ text: demand.text, answer: (given) => void answer(demand, given) });
    },
    close,
  };
}
