// Preloaded into a service under test (node --import): once armed by SIGUSR2, kills the process at the first step that CRASH_AT names, just after
// the step took effect.
// `write:<collection>` is between store and publish; `publish:<subject name>` is between publish and ack. The product knows nothing of it.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const [what, name = ''] = (process.env.CRASH_AT ?? '').split(/:(.*)/);
const load = createRequire(import.meta.url);
const inPackage = (file: string): string => fileURLToPath(new URL(`../../node_modules/${file}`, import.meta.url));

let armed = false;
process.on('SIGUSR2', () => {
  armed = true;
});

type Method = (this: { collectionName?: string }, ...args: unknown[]) => Promise<unknown>;

function dieAfter(
  owner: Record<string, Method>,
  method: string,
  isNamed: (self: { collectionName?: string }, args: unknown[]) => boolean,
): void {
  const original = owner[method] as Method;
  owner[method] = async function (...args) {
    const result = await original.apply(this, args);
    if (armed && isNamed(this, args)) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}

if (what === 'write') {
  const { Collection } = load('mongodb') as { Collection: { prototype: Record<string, Method> } };
  for (const method of ['insertOne', 'replaceOne', 'deleteOne'])
    dieAfter(Collection.prototype, method, ({ collectionName }) => collectionName === name);
}
if (what === 'publish') {
  const { JetStreamClientImpl } = load(inPackage('@nats-io/jetstream/lib/jsclient.js')) as {
    JetStreamClientImpl: { prototype: Record<string, Method> };
  };
  dieAfter(JetStreamClientImpl.prototype, 'publish', (_self, [subject]) => String(subject).startsWith(name));
}
