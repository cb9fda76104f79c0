import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { words } from '../words/en.js';
import { watchNetwork } from './watch.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('a visitor reads that the network is weak while it is, once, and nothing of it after the call', async () => {
  let [lost, received] = [0, 0];
  const report = () =>
    new Map([['a', { type: 'inbound-rtp', kind: 'audio', packetsLost: lost, packetsReceived: received }]]);
  /** @type {string[]} */
  const shown = [];
  const place = {
    get textContent() {
      return shown.at(-1) ?? '';
    },
    set textContent(text) {
      shown.push(text);
    },
  };
  const stop = watchNetwork(/** @type {any} */ (place), async () => /** @type {any} */ (report()));
  for (const more of [0, 30, 30, 30, 0, 0]) {
    [lost, received] = [lost + more, received + 120];
    await vi.advanceTimersByTimeAsync(3_000);
  }
  expect(shown).toEqual([words.weakNetwork, '']);
  stop();
  await vi.advanceTimersByTimeAsync(9_000);
  expect(shown.slice(2)).toEqual(['']);
});
