// Preloaded into a service under test (node --import). SIGUSR2 arms it: it reads a point from the file of its process
// in the folder CRASH_POINTS, and kills the process the next time that it reaches the point. The product does not know
// it.
//   write:<collection>/<id>  a document was written, and nothing was published yet
//   publish:<subject name>   a fact or a replicated document was published, and nothing was acknowledged yet
//   erase:<stream>           a fact was erased from a stream
//   ack:<consumer>           the work is done, and the server does not get the acknowledgement
//   redis:<command>          a counter or a spent nonce was written to Redis
// A name may be a prefix. #3 behind it means the third time. A file named behind it, on a line of its own, is a licence
// for one of several copies: whoever removes it dies, and the others go on.
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const load = createRequire(import.meta.url);
const inPackage = (file: string): string => fileURLToPath(new URL(`../../node_modules/${file}`, import.meta.url));

let what = '';
let name = '';
let left = 0;
let licence = '';
process.on('SIGUSR2', () => {
  const written = readFileSync(join(process.env.CRASH_POINTS ?? '', String(process.pid)), 'utf8');
  const [point = '', file = ''] = written.split('\n');
  const [place = '', nth = '1'] = point.split('#');
  licence = file;
  [what = '', name = ''] = place.split(/:(.*)/);
  left = Number(nth);
});

function isHere(kind: string, at: string): boolean {
  if (what !== kind || !at.startsWith(name)) return false;
  left -= 1;
  return left === 0 && (licence === '' || taken(licence));
}
function taken(file: string): boolean {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}
const die = (): void => void process.kill(process.pid, 'SIGKILL');

type Method = (this: never, ...args: unknown[]) => unknown;
type Owner = { prototype: Record<string, Method> };

/** Kills the process after a call that began here succeeded. */
function dieAfter(
  { prototype }: Owner,
  method: string,
  kind: string,
  placeOf: (self: never, args: unknown[]) => string,
) {
  const original = prototype[method] as Method;
  prototype[method] = async function (this: never, ...args) {
    const result = await original.apply(this, args);
    if (isHere(kind, placeOf(this, args))) die();
    return result;
  };
}

/** The package, in a service that has it. */
function tryLoad<T>(file: string): T | undefined {
  try {
    return load(file) as T;
  } catch {
    return undefined;
  }
}

const writers = [
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
];
/** The id of the document that is written, or of the first one. */
function idIn(document: unknown): string {
  const { _id } = document as { _id?: { $in?: readonly unknown[] } };
  return String(_id?.$in?.[0] ?? _id);
}
const mongo = tryLoad<{ Collection: Owner }>('mongodb');
for (const method of [...writers, 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete'])
  if (mongo !== undefined)
    dieAfter(
      mongo.Collection,
      method,
      'write',
      (self: { collectionName: string }, [document]) => `${self.collectionName}/${idIn(document)}`,
    );

const { JetStreamClientImpl } = load(inPackage('@nats-io/jetstream/lib/jsclient.js')) as { JetStreamClientImpl: Owner };
dieAfter(JetStreamClientImpl, 'publish', 'publish', (_self, [subjectName]) => String(subjectName));

const { StreamAPIImpl } = load(inPackage('@nats-io/jetstream/lib/jsmstream_api.js')) as { StreamAPIImpl: Owner };
dieAfter(StreamAPIImpl, 'deleteMessage', 'erase', (_self, [stream]) => String(stream));

const { JsMsgImpl } = load(inPackage('@nats-io/jetstream/lib/jsmsg.js')) as { JsMsgImpl: Owner };
const ack = JsMsgImpl.prototype.ack as Method;
JsMsgImpl.prototype.ack = function (this: { info: { consumer: string } }, ...args: unknown[]) {
  if (isHere('ack', this.info.consumer)) die();
  return ack.apply(this as never, args);
} as Method;

const redis = tryLoad<{ Redis: Owner }>('ioredis');
if (redis !== undefined)
  dieAfter(redis.Redis, 'sendCommand', 'redis', (_self, [command]) => (command as { name: string }).name);
