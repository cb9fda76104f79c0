import { answerDemand } from '../call/consent.js';
import { words } from '../words.js';

/**
 * A consent that the agent asks for during a call, in the words in force. The agent waits for the answer for so many
 * seconds.
 * @typedef {import('../call/consent.js').Demand & { useId: string, seconds: number }} Asked
 */

/**
 * Asks the visitor, during a call, for what its agent wants to be agreed to, one question at a time. Only a click is an
 * answer. `token` is the call's own, by which the agent learns of the answer once it is recorded. `agreed` runs when
 * the visitor may take back from now on what it agreed to.
 * @param {{ renew: () => Promise<any>, token: string, view: import('../call/request.js').View, agreed: (demand:
 *   import('../call/consent.js').Demand) => void }} call
 */
export function askedBy({ renew, token, view, agreed }) {
  /** The use whose question is shown, or whose answer is on its way. @type {string | undefined} */
  let current;
  /** Whether the visitor can answer it now. */
  let isShown = false;
  /** The uses that nobody waits for any more. @type {Set<string>} */
  const over = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let isStopped = false;

  function hide() {
    clearTimeout(timer);
    isShown = false;
    view.ask(undefined);
  }

  /** @param {string} useId */
  function expire(useId) {
    hide();
    over.add(useId);
    current = undefined;
  }

  /** @param {Asked} demand @param {boolean} given */
  async function answer(demand, given) {
    if (!isShown || current !== demand.useId) return;
    hide();
    const said = await record(demand, given);
    current = undefined;
    // The page may show another call by now.
    if (isStopped) return;
    if (said === undefined && given && demand.purpose === 'transcripts') agreed(demand);
    view.notice(said ?? (given ? words.agreed : words.declined));
  }

  /** Answers what went wrong, in words for the visitor. @param {Asked} demand @param {boolean} given */
  async function record(demand, given) {
    try {
      const { widgetSessionToken } = await renew();
      await answerDemand({ token: widgetSessionToken, demand, given, call: token });
      over.add(demand.useId);
      return undefined;
    } catch (error) {
      return /** @type {Error} */ (error).message;
    }
  }

  return {
    /**
     * The server says again and again what it waits for: what has to wait for another question, or was not recorded,
     * is asked when it comes again.
     * @param {Asked} demand
     */
    ask(demand) {
      if (isStopped || current !== undefined || over.has(demand.useId)) return;
      current = demand.useId;
      isShown = true;
      timer = setTimeout(() => expire(demand.useId), demand.seconds * 1_000);
      view.ask({ text: demand.text, answer: (given) => void answer(demand, given) });
    },
    /** The call is over: nothing is asked any more, and nothing is shown of an answer that is on its way. */
    stop() {
      isStopped = true;
      if (isShown) hide();
    },
  };
}
