import { sides } from './sides.ts';

// Measures one side in a process of its own: a closed loop of so many uses at once.
const [side = '', url = '', secondsText = '8'] = process.argv.slice(2);
const atOnce = 16;
const use = await sides[side as keyof typeof sides](url);

/** How many uses are done within so many seconds. */
async function during(seconds: number): Promise<number> {
  const untilMs = performance.now() + seconds * 1_000;
  let done = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < untilMs) {
      await use();
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return done;
}

await during(2);
const before = process.cpuUsage();
const seconds = Number(secondsText);
const uses = await during(seconds);
const { user, system } = process.cpuUsage(before);
process.send?.({ perSecond: uses / seconds, cpuMs: (user + system) / 1_000 / uses });
process.exit(0);
