import { type Given, sides } from './sides.ts';

// Runs one side in a process of its own and sends what it cost to the parent.
const [name = '', given = '{}'] = process.argv.slice(2);
const side = sides[name];
if (side === undefined) throw new RangeError(`there is no side ${name}`);
const started = performance.now();
const entries = await side(JSON.parse(given) as Given);
const seconds = (performance.now() - started) / 1_000;
const { user, system } = process.cpuUsage();
// The most that was ever resident, in KiB (getrusage).
process.send?.({
  entries,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  residentMib: process.resourceUsage().maxRSS / 1_024,
});
process.exit(0);
