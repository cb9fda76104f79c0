import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Servers } from './servers.ts';

const serve = fileURLToPath(new URL('./serve.ts', import.meta.url));

/** `cpuMicros` is the time of the path's process on all cores, in microseconds. */
export type Counts = Readonly<{ writes: number; cpuMicros: number; residentBytes: number }>;
export type Served = Readonly<{
  url: string;
  credentials: readonly string[];
  counts: () => Promise<Counts>;
  stop: () => Promise<void>;
}>;

/** Serves one path in a process of its own, so that no side pays for the memory or code of another. */
export async function spawnPath(servers: Servers, path: string, env: Record<string, string> = {}): Promise<Served> {
  const child = fork(serve, [path], {
    env: {
      ...process.env,
      NATS_URL: servers.nats,
      REDIS_URL: servers.redis,
      MONGODB_URI: servers.mongo,
      ...env,
    },
    // `BENCH_NODE_OPTIONS=--cpu-prof` profiles each path.
    execArgv: [...process.execArgv, ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [])],
  });
  const { url, credentials } = await messageOf<{ url: string; credentials: string[] }>(child);
  const counts = () => {
    const answer = messageOf<Counts>(child);
    child.send('counts');
    return answer;
  };
  const stop = async () => {
    const gone = once(child, 'exit');
    child.send('exit');
    await gone;
  };
  return { url, credentials, counts, stop };
}

async function messageOf<T>(child: ChildProcess): Promise<T> {
  const [message] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a path ended with ${code}`))),
  ]);
  return message as T;
}
