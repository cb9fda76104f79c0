import { setTimeout as pause } from 'node:timers/promises';

// Asks an address over HTTP and exits with 0 when it answers well. With --wait it asks again for a minute.
const [url = '', ...flags] = process.argv.slice(2).sort((one) => (one.startsWith('--') ? 1 : -1));
const triesMax = flags.includes('--wait') ? 120 : 1;

const answers = (): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

for (let tries = 1; !(await answers()); tries += 1) {
  if (tries === triesMax) process.exit(1);
  await pause(500);
}
