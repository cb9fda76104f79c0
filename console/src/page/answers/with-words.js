import { learn } from '../words.js';

/** @typedef {import('../request.js').Answer} Answer */

/**
 * Asks, and meanwhile fetches the words that the answer is said in. Without them the server’s own stand. It asks at
 * once, so that what the page asks by itself is told to be that.
 * @param {string} words @param {() => Promise<Answer>} asks @returns {Promise<Answer>}
 */
export async function withWords(words, asks) {
  const [answer] = await Promise.all([asks(), learn(words).catch(() => undefined)]);
  return answer;
}
