import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, natsServer, type TestServer } from '@vox/testing';

export type BusServers = Readonly<{
  urls: readonly string[];
  /** Processor time of all of them until now, in microseconds. */
  cpuMicros: () => number;
  stop: () => Promise<void>;
}>;

const host = '127.0.0.1';

/** One server, or several that are one cluster, without rights: only streams are measured. */
export async function busServers(count: number): Promise<BusServers> {
  const folder = mkdtempSync(join(tmpdir(), 'vox-partitions-'));
  const routes = await Promise.all(Array.from({ length: count }, async () => `${host}:${await freePort()}`));
  const opened: TestServer[] = [];
  const starting = routes.map(async (listen, at) => {
    const config = join(folder, `n${at}.conf`);
    const cluster = `cluster { name: bench, listen: "${listen}", routes: [${routes.map((route) => `"nats://${route}"`)}] }`;
    writeFileSync(config, `server_name: n${at}\n${count > 1 ? cluster : ''}\n`);
    const server = await natsServer({}, undefined, config);
    if (server === undefined) throw new Error('the bench needs a nats-server on the PATH');
    opened.push(server);
  });
  await Promise.all(starting);
  const urls = opened.map(({ url }) => url);
  return {
    urls,
    cpuMicros: () => urls.reduce((sum, url) => sum + cpuMicrosOf(url), 0),
    async stop() {
      for (const each of opened) await each.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Processor time of the server that listens on the port of a URL, as the system counts it. */
function cpuMicrosOf(url: string): number {
  const { port } = new URL(url);
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const its = all.find((line) => line.includes('nats-server') && line.includes(`-p ${port}`)) ?? '';
  const stat = execFileSync('cat', [`/proc/${Number.parseInt(its.trim(), 10)}/stat`], { encoding: 'utf8' });
  const [user = 0, system = 0] = stat.split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
  // The kernel counts hundredths of a second.
  return (user + system) * 10_000;
}
