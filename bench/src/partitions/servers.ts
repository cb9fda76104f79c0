import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { natsServer } from '@vox/testing';

export type BusServer = Readonly<{
  url: string;
  /** Its processor time until now, in microseconds. */
  cpuMicros: () => number;
  stop: () => Promise<void>;
}>;

/** A server without rights: only streams are measured. */
export async function busServer(): Promise<BusServer> {
  const server = await natsServer({});
  if (server === undefined) throw new Error('the bench needs a nats-server on the PATH');
  return { url: server.url, cpuMicros: () => cpuMicrosOf(server.url), stop: server.stop };
}

/** Processor time of the server that listens on the port of a URL, as the system counts it. */
function cpuMicrosOf(url: string): number {
  const { port } = new URL(url);
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const its = all.find((line) => line.includes('nats-server') && line.includes(`-p ${port}`)) ?? '';
  const stat = readFileSync(`/proc/${Number.parseInt(its.trim(), 10)}/stat`, 'utf8');
  const [user = 0, system = 0] = stat.split(') ')[1]?.split(' ').slice(11, 13).map(Number) ?? [];
  // The kernel counts hundredths of a second.
  return (user + system) * 10_000;
}
