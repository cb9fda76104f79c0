import { setImmediate as turn } from 'node:timers/promises';
import { Reason } from '@vox/platform/fault';

/**
 * What was asked, if it comes within its time; else throws. A process that was busy for longer takes in what has come
 * meanwhile before it calls the other end silent: timers run before what was received, so that a flood of requests
 * would pass for a store that is down.
 */
export async function inTime<T>(asked: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      void turn().then(() => reject(new Reason(`it did not answer within ${timeoutMs} ms`)));
    }, timeoutMs);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
