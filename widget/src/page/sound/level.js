/**
 * How loud a moment of sound is, from 0 for silence to 1. Speech is far from the loudest that a sample can say, so that
 * it is spread over the range (the root of the mean square, four times).
 * @param {ArrayLike<number>} samples unsigned bytes, 128 is silence
 */
export function levelOf(samples) {
  let sum = 0;
  for (let at = 0; at < samples.length; at += 1) sum += ((samples[at] ?? 128) / 128 - 1) ** 2;
  return samples.length === 0 ? 0 : Math.min(1, 4 * Math.sqrt(sum / samples.length));
}

/**
 * A level that rises at once and falls slowly, as eyes like it.
 * @param {number} before @param {number} now
 */
export const smoothed = (before, now) => (now >= before ? before + (now - before) * 0.6 : before * 0.88 + now * 0.12);
