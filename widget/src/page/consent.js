import { ask } from './api.js';
import { words } from './words.js';

/**
 * What the tenant demands before a call, as the server words it.
 * @typedef {{ purpose: 'ai-disclosure' | 'transcripts', version: string, text: string, textHash: string }} Demand
 */

/**
 * Records what the visitor was shown or answered. Answers the receipt that proves it.
 * @param {{ token: string, demand: Demand, given: boolean }} answer
 * @returns {Promise<string>}
 */
export async function answerDemand({ token, demand: { purpose, version, textHash }, given }) {
  const method = purpose === 'ai-disclosure' ? 'shown' : 'click';
  const body = { purpose, version, textHash, locale: navigator.language || 'en', method, given };
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
