import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { mongoServer, natsServer, redisServer } from '@vox/shared/testing';
import autocannon from 'autocannon';

// Measures each path of VOX against its floor, one after the other in the same run on the same servers: only ratios travel between machines.
const seconds = Number(process.env.BENCH_SECONDS ?? '8');
const warmUpSeconds = 3;
const connections = 32;
/** Requests a second of the open loop: what a busy platform sees, well below what a core can do. */
const openRate = 200;
const results = fileURLToPath(new URL('../results/', import.meta.url));

const [nats, redis, mongo] = [
  await natsServer(process.env),
  await redisServer(process.env),
  await mongoServer(process.env),
];
if (nats === undefined || redis === undefined || mongo === undefined) {
  process.stderr.write('the bench needs NATS, Redis and MongoDB: by URL, on the PATH or in Docker\n');
  process.exit(1);
}

type Measured = Readonly<{
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  openP99Ms: number;
  failed: number;
  writesPerRequest: number;
  residentMib: number;
}>;

async function running(what: string, env: Record<string, string> = {}) {
  const servers = { NATS_URL: nats?.url, REDIS_URL: redis?.url, MONGODB_URI: mongo?.url };
  const child: ChildProcess = fork(fileURLToPath(new URL('./serve.ts', import.meta.url)), [what], {
    env: { ...process.env, ...servers, ...env },
  });
  const [{ url, widgetKeys }] = (await once(child, 'message')) as [{ url: string; widgetKeys: string[] }];
  return { child, url, widgetKeys };
}

async function asked(child: ChildProcess): Promise<{ writes: number; residentBytes: number }> {
  child.send('writes');
  const [answer] = (await once(child, 'message')) as [{ writes: number; residentBytes: number }];
  return answer;
}

/** Each connection is another visitor: an address of its own, and each request another key. */
function load(url: string, keys: readonly string[], oneAddress: boolean, over: object): Promise<autocannon.Result> {
  let visitor = 0;
  const next = (request: autocannon.Request): autocannon.Request => {
    visitor += 1;
    const address = oneAddress
      ? '198.18.0.1'
      : `198.${18 + ((visitor >> 16) & 1)}.${(visitor >> 8) & 255}.${visitor & 255}`;
    return {
      ...request,
      headers: { ...request.headers, 'x-forwarded-for': address },
      body: JSON.stringify({ widgetKey: keys[visitor % keys.length] }),
    };
  };
  return autocannon({
    url: `${url}/api/session`,
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://shop.example' },
    connections,
    requests: [{ setupRequest: next }],
    ...over,
  });
}

async function measure(
  what: string,
  { oneAddress = false, env = {} }: { oneAddress?: boolean; env?: Record<string, string> } = {},
): Promise<Measured> {
  const { child, url, widgetKeys } = await running(what, env);
  await load(url, widgetKeys, oneAddress, { duration: warmUpSeconds });
  const before = await asked(child);
  const closed = await load(url, widgetKeys, oneAddress, { duration: seconds });
  const after = await asked(child);
  const open = await load(url, widgetKeys, oneAddress, { duration: seconds, overallRate: openRate });
  child.kill('SIGKILL');
  return {
    perSecond: closed.requests.average,
    p50Ms: closed.latency.p50,
    p99Ms: closed.latency.p99,
    openP99Ms: open.latency.p99,
    failed: oneAddress ? closed.errors : closed.non2xx + closed.errors,
    writesPerRequest: (after.writes - before.writes) / Math.max(1, closed.requests.total),
    residentMib: after.residentBytes / 1024 ** 2,
  };
}

type Row = Readonly<{ path: string; floor: string; aim: number; is: Measured; of: Measured; ratio: number }>;
const rows: Row[] = [];
const row = (path: string, floor: string, aim: number, is: Measured, of: Measured): void => {
  const ratio = is.perSecond / of.perSecond;
  rows.push({ path, floor, aim, is, of, ratio });
  const figure = (value: number, digits = 0): string => value.toFixed(digits);
  process.stdout.write(
    `${path} against ${floor}: ${figure(ratio, 2)} (aim ${aim}); ${figure(is.perSecond)}/s against ${figure(of.perSecond)}/s; ` +
      `p99 ${figure(is.p99Ms, 1)} ms closed, ${figure(is.openP99Ms, 1)} ms at ${openRate}/s; ` +
      `${figure(is.writesPerRequest, 2)} writes a request; ${is.failed} failed; ${figure(is.residentMib)} MiB\n`,
  );
};

row(
  'refused at the edge',
  'Express that parses the same JSON',
  0.8,
  await measure('edge refuses', { oneAddress: true }),
  await measure('bare json'),
);
row(
  'edge decision that passes',
  'Express and one Redis round trip',
  0.8,
  await measure('edge passes'),
  await measure('bare redis'),
);
row(
  'whole grant, stores on the twins',
  'Express and three JetStream hops',
  0.7,
  await measure('grant on twins'),
  await measure('bare chain'),
);
const onMongo = await measure('grant on mongo');
const writes = String(Math.round(onMongo.writesPerRequest));
row(
  `whole grant, stores on MongoDB`,
  `the chain with ${writes} writes`,
  0.8,
  onMongo,
  await measure('bare chain with writes', { env: { WRITES: writes } }),
);

mkdirSync(results, { recursive: true });
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryMib: Math.round(totalmem() / 1024 ** 2),
  node: process.version,
};
writeFileSync(
  `${results}latest.json`,
  `${JSON.stringify({ at: new Date().toISOString(), seconds, connections, openRate, machine, rows }, null, 2)}\n`,
);
for (const server of [nats, redis, mongo]) await server.stop();
process.exit(0);
