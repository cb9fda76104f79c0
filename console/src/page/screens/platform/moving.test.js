import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { onChange } from '../../live/changes.js';
import { concerns, refreshEveryMs } from '../../live/refresher.js';
import { keepTelling, moving } from './moving.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('the screen of the platform is told every ten seconds that it changed, as long as it is open', () => {
  let told = 0;
  const leave = onChange((change) => {
    if (concerns(moving, change)) told += 1;
  });
  const end = keepTelling();
  vi.advanceTimersByTime(3 * refreshEveryMs);
  expect(told).toBe(3);
  end();
  vi.advanceTimersByTime(3 * refreshEveryMs);
  expect(told).toBe(3);
  leave();
});
