// A service under a soak preloads this (node --import). On SIGUSR2 it collects its garbage and writes the bytes of its
// live heap into its own file in the folder SOAK_HEAPS. Resident memory alone says nothing within minutes: a heap with
// little to do keeps garbage for longer than that.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('SIGUSR2', () => {
  collect();
  writeFileSync(join(process.env.SOAK_HEAPS ?? '', String(process.pid)), String(process.memoryUsage().heapUsed));
});
