// Preloaded into a service under a soak (node --import). SIGUSR2 collects its garbage and writes how many bytes of its heap live, into the file of its process
// in the folder SOAK_HEAPS. Resident memory alone says nothing within minutes: a heap with little to do lets garbage lie for longer than that.
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
