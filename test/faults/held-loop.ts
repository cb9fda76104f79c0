// Preloaded into a service under test (node --import). Every millisecond it measures how much CPU time this thread used
// since the last look: that is how long the event loop was blocked, however busy the machine is. SIGUSR2 writes the
// longest so far, in milliseconds, to the file of its process in the folder HELD_LOOPS, and starts again.
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
