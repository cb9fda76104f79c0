// Preloaded into a service under test (node --import). It looks every millisecond how much of this thread's own time went by since it looked last:
// that is how long the loop was held, however busy the machine is with others. SIGUSR2 writes the longest so far, in milliseconds, to the file of its
// process in the folder HELD_LOOPS, and begins anew. The product knows nothing of it.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const ownMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

if (isMainThread && process.env.HELD_LOOPS !== undefined) {
  const file = join(process.env.HELD_LOOPS, String(process.pid));
  let [last, longest] = [ownMs(), 0];
  const look = (): void => {
    const now = ownMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  setInterval(look, 1).unref();
  process.on('SIGUSR2', () => {
    look();
    writeFileSync(`${file}.new`, JSON.stringify({ longest }));
    renameSync(`${file}.new`, file);
    [last, longest] = [ownMs(), 0];
  });
}
