import { words } from '../words.js';
import { follower, readingOf } from './quality.js';

const lookMs = 3_000;

/**
 * Tells the visitor in a place of the page when the network of a call is weak, until it is stopped.
 * @param {HTMLElement} place
 * @param {() => Promise<RTCStatsReport | undefined>} stats
 */
export function watchNetwork(place, stats) {
  const { take } = follower();
  let isOver = false;
  async function look() {
    const report = await stats().catch(() => undefined);
    if (isOver || report === undefined) return;
    const sentence = take(readingOf(/** @type {Iterable<[string, any]>} */ (/** @type {any} */ (report))))
      ? words.weakNetwork
      : '';
    // Said once: the same words again would be read out again.
    if (place.textContent !== sentence) place.textContent = sentence;
  }
  const timer = setInterval(() => void look(), lookMs);
  return () => {
    isOver = true;
    clearInterval(timer);
    place.textContent = '';
  };
}
