import { PolicyDocument } from '@vox/contracts';
import { knownOrigins } from '@vox/edge-guard/origins';
import { natsBus } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';

// Holds what a copy of edge-guard holds of all tenants, in a process of its own: the policies in force, as the bus
// follows them, and the index of their origins. It says how long the first reading took, and what it takes of memory.
const [url = ''] = process.argv.slice(2);
const bus = await natsBus({ servers: [url], service: 'edge-guard', clock, onThrow: (error) => console.error(error) });
const origins = knownOrigins();
global.gc?.();
const before = process.memoryUsage();
const startedAt = performance.now();
const policies = await bus.documents(PolicyDocument).follow(origins.follow);
const readMs = performance.now() - startedAt;
const { user, system } = process.cpuUsage();
const mostBytes = process.resourceUsage().maxRSS * 1_024;
global.gc?.();
const { heapUsed, rss } = process.memoryUsage();
process.send?.({
  tenants: [...policies.keys()].length,
  readMs,
  cpuMs: (user + system) / 1_000,
  heapBytes: heapUsed - before.heapUsed,
  residentBytes: rss,
  mostBytes,
});
process.exit(0);
