const firstMs = 500;
const longestMs = 10_000;
/** A stream that was open so long was no failure. */
const steadyMs = 5_000;

/**
 * How many tries in a row have failed, after one more that was open for so long.
 * @param {number} tries @param {number} openMs 0 when it never opened
 */
export const triesAfter = (tries, openMs) => (openMs >= steadyMs ? 1 : tries + 1);

/**
 * How long to wait before the next try, in milliseconds: half a second, doubled up to ten, at random between half and
 * all of that, so that visitors whose server went away do not come back as one.
 * @param {{ tries: number, retryMs?: number | undefined, retryAfterSeconds?: number }} failed `tries` from 1; `retryMs`
 *   is the stream's own first wait, and `retryAfterSeconds` what an answer asked for at least
 * @param {number} random from 0 to below 1
 */
export function waitBefore({ tries, retryMs = firstMs, retryAfterSeconds = 0 }, random) {
  const first = Math.max(firstMs, retryMs);
  const most = Math.min(longestMs, first * 2 ** Math.min(tries - 1, 10));
  return Math.max(most * (0.5 + random / 2), retryAfterSeconds * 1_000);
}
