import { ask } from '../api.js';
import { words } from '../words.js';

/**
 * What the tenant demands before a call, as the server words it.
 * @typedef {{ purpose: 'ai-disclosure' | 'transcripts', version: string, text: string, textHash: string }} Demand
 */

/**
 * Records what the visitor was shown or answered. Answers the receipt that proves it. `call` is the token of the call
 * in which an agent asked: it learns of the answer.
 * @param {{ token: string, demand: Demand, given: boolean, call?: string }} answer
 * @returns {Promise<string>}
 */
export async function answerDemand({ token, demand: { purpose, version, textHash }, given, call }) {
  const method = purpose === 'ai-disclosure' && call === undefined ? 'shown' : 'click';
  const locale = navigator.language || 'en';
  const body = { purpose, version, textHash, locale, method, given, ...(call && { sessionToken: call }) };
  return (await ask('/api/consent', { token, body })).receipt;
}

/** The demand that needs the visitor's yes. The other is only shown. @param {readonly Demand[]} demanded */
export const needsYes = (demanded) => demanded.find(({ purpose }) => purpose === 'transcripts');

/**
 * Takes back what the visitor agreed to, and shows that, or why it could not be. Answers whether it was done.
 * @param {{ renew: () => Promise<any>, demand: Demand, view: import('./request.js').View }} wanted
 */
export async function takeBack({ renew, demand, view }) {
  try {
    const { widgetSessionToken } = await renew();
    await answerDemand({ token: widgetSessionToken, demand, given: false });
    view.kept(false);
    // The server sends no words to show any more.
    view.captioned(false);
    view.notice(words.withdrawn);
    return true;
  } catch (error) {
    view.notice(/** @type {Error} */ (error).message);
    return false;
  }
}
