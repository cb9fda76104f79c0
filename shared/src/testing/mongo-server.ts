import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TestServer = Readonly<{ url: string; kill: (signal: NodeJS.Signals) => void; stop: () => Promise<void> }>;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/**
 * A MongoDB server for tests: the one that MONGODB_URI names, else a `mongod` of the PATH in a folder of its own on a free port.
 * `undefined` when there is none, said aloud; with REQUIRE_SERVERS=1 that is an error.
 */
export async function mongoServer(env: NodeJS.ProcessEnv): Promise<TestServer | undefined> {
  if (env.MONGODB_URI !== undefined)
    return { url: env.MONGODB_URI, kill: () => undefined, stop: async () => undefined };
  if (spawnSync('mongod', ['--version'], { stdio: 'ignore' }).error !== undefined) {
    if (env.REQUIRE_SERVERS === '1')
      throw new Error('REQUIRE_SERVERS=1, and there is no MONGODB_URI and no mongod on the PATH');
    process.stderr.write('SKIPPED: what needs MongoDB, for there is no MONGODB_URI and no mongod on the PATH\n');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'vox-mongod-'));
  const port = await freePort();
  const child = spawn('mongod', ['--port', String(port), '--dbpath', folder, '--bind_ip', '127.0.0.1'], {
    stdio: 'ignore',
  });
  return {
    url: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    kill: (signal) => void child.kill(signal),
    stop: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
