import { setImmediate as turn } from 'node:timers/promises';
import { Reason } from '@vox/platform/fault';

/** A timer that comes so much later than it was set for says that this process was busy, and not the other end. */
const busyShare = 0.2;
/** So often the other end gets its time anew because this process was busy. */
const againMax = 5;

/**
 * What was asked, if it comes within its time; else throws. Time in which this process was busy does not count: timers
 * run before what was received is read, so that a flood of requests would pass for a store that is down, and each copy
 * would go its own way.
 */
export async function inTime<T>(asked: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const wait = (again: number): void => {
      const setAtMs = performance.now();
      timer = setTimeout(() => {
        const wasBusy = performance.now() - setAtMs > timeoutMs * (1 + busyShare);
        if (wasBusy && again < againMax) return wait(again + 1);
        void turn().then(() => reject(new Reason(`it did not answer within ${timeoutMs} ms`)));
      }, timeoutMs);
    };
    wait(0);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
