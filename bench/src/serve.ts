import { listen } from '@vox/platform/http';
import { countWrites } from './count-writes.ts';
import { barePaths } from './paths/bare.ts';
import { chainPaths } from './paths/chain.ts';
import { consentPaths } from './paths/consent.ts';
import { edgePaths } from './paths/edge.ts';
import { grantPaths } from './paths/grant.ts';
import { identityPaths } from './paths/identity.ts';
import type { Paths } from './paths/path.ts';
import { rateLimiterPaths } from './paths/rate-limiters.ts';
import { transcriptPaths } from './paths/transcripts.ts';

// Serves one path in a process of its own. The parent names the path and asks for the counts.
const paths: Paths = {
  ...{ ...barePaths, ...chainPaths, ...edgePaths, ...grantPaths, ...rateLimiterPaths },
  ...{ ...transcriptPaths, ...consentPaths, ...identityPaths },
};
const [what = ''] = process.argv.slice(2);
const writes = countWrites();

const open = paths[what];
if (open === undefined) throw new RangeError(`there is no path ${what}`);
const { app, credentials } = await open({
  nats: process.env.NATS_URL ?? '',
  redis: process.env.REDIS_URL ?? '',
  mongo: process.env.MONGODB_URI ?? '',
});
const door = await listen(app, { host: '127.0.0.1', port: 0 });
process.send?.({ url: door.url, credentials });
process.on('message', (asked) => {
  if (asked === 'exit') process.exit(0);
  if (asked !== 'counts') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ writes: writes(), cpuMicros: user + system, residentBytes: process.memoryUsage.rss() });
});
