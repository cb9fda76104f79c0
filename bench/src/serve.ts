import { listen } from '@vox/shared/http';
import { Collection } from 'mongodb';
import { bareChain, bareJson, bareRedis } from './floors.ts';
import { edgeAlone, type Path, wholeGrant } from './paths.ts';

// One path in a process of its own: the parent sends what to serve, and asks for the writes it made.
const [what = ''] = process.argv.slice(2);
const servers = {
  nats: process.env.NATS_URL ?? '',
  redis: process.env.REDIS_URL ?? '',
  mongo: process.env.MONGODB_URI ?? '',
};
const writesPerGrant = Number(process.env.WRITES ?? '0');
const refusedAfter = 10;
const passesAlways = 1_000_000_000;

let writes = 0;
for (const method of ['insertOne', 'replaceOne', 'deleteOne'] as const) {
  const original = Collection.prototype[method] as (...args: unknown[]) => unknown;
  (Collection.prototype as unknown as Record<string, unknown>)[method] = function (this: unknown, ...args: unknown[]) {
    writes += 1;
    return original.apply(this, args);
  };
}

const bare = async (app: Path['app'] | Promise<Path['app']>): Promise<Path> => ({ app: await app, widgetKeys: [''] });
const paths: Readonly<Record<string, () => Promise<Path>>> = {
  'bare json': () => bare(bareJson()),
  'bare redis': () => bare(bareRedis(servers.redis)),
  'bare chain': () => bare(bareChain(servers.nats, undefined, 0)),
  'bare chain with writes': () => bare(bareChain(servers.nats, servers.mongo, writesPerGrant)),
  'edge refuses': () => edgeAlone(servers, refusedAfter),
  'edge passes': () => edgeAlone(servers, passesAlways),
  'grant on twins': () => wholeGrant(servers, 'twins'),
  'grant on mongo': () => wholeGrant(servers, 'mongo'),
};

const open = paths[what];
if (open === undefined) throw new RangeError(`${what} is no path`);
const { app, widgetKeys } = await open();
const door = await listen(app, { host: '127.0.0.1', port: 0 });
process.send?.({ url: door.url, widgetKeys });
process.on('message', (asked) => {
  if (asked === 'exit') process.exit(0);
  if (asked === 'writes') process.send?.({ writes, residentBytes: process.memoryUsage.rss() });
});
