import { execFileSync } from 'node:child_process';
import { createServer } from 'node:tls';
import { egress } from '../egress.ts';
import { dnsResolve } from '../resolve.ts';
import { authority } from './certificates.fixture.ts';
import { type Answer, dnsServer, type Found } from './dns.fixture.ts';
import { inside, type NameCase, nameCases, outside, ownNetworks } from './name-cases.fixture.ts';

/*
 * Runs in a network namespace of its own, where this machine has the public and the private addresses of the cases: a
 * program that names.wire.test.ts starts. A server answers at all of them, so that whatever is not refused arrives.
 */
const addresses = [...outside, ...inside];
const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: 'ignore' });
ip('link', 'set', 'lo', 'up');
for (const address of addresses)
  if (address.includes(':')) ip('-6', 'addr', 'add', `${address}/128`, 'dev', 'lo', 'nodad');
  else ip('addr', 'add', `${address}/32`, 'dev', 'lo');

const own = authority();
const names = ['DNS:hook.example', 'DNS:localhost', ...[...addresses, '127.0.0.1', '::1'].map((each) => `IP:${each}`)];
const reached: string[] = [];
const server = createServer(own.issue(names.join(',')), (socket) => {
  reached.push((socket.localAddress ?? '').replace('::ffff:', ''));
  socket.on('error', () => undefined).on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nin'));
});
await new Promise<void>((resolve) => server.listen(443, '::', resolve));

const answering =
  ({ zone = {} }: NameCase): Answer =>
  (name, type, nth) => {
    const said = zone[`${name} ${type}`] ?? [];
    if (said === 'silent') return undefined;
    const turns = said as readonly (readonly Found[] | Found)[];
    return Array.isArray(turns[0]) ? ((turns[nth] ?? turns.at(-1)) as Found[]) : (said as Found[]);
  };

async function shown(each: NameCase): Promise<unknown> {
  reached.splice(0);
  const dns = await dnsServer(answering(each));
  const way = egress({
    ...{ ports: [443], allowLoopback: false, ca: own.ca, refusedNetworks: ownNetworks },
    resolve: dnsResolve(1_000, [dns.server]),
  });
  const connectMs = each.expected === 'timeout' ? 200 : 2_000;
  let outcome = '';
  for (let time = 0; time < (each.times ?? 1); time += 1) {
    const answer = await way.send({
      ...{ url: each.url, method: 'GET', headers: {}, connectMs, wholeMs: 3_000, bodyMaxBytes: 10 },
    });
    outcome = answer.kind === 'answered' ? answer.body.toString() : answer.reason;
  }
  dns.close();
  return { outcome, reached: [...reached], askedMost: Math.max(0, ...dns.asked.values()) };
}

const found: unknown[] = [];
for (const each of nameCases) found.push(await shown(each));
process.stdout.write(JSON.stringify(found));
server.close();
own.close();
process.exit(0);
