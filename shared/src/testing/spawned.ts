import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server for tests. `owned` tells whether a test may pause or kill it. */
export type TestServer = Readonly<{
  url: string;
  owned: boolean;
  kill: (signal: NodeJS.Signals) => void;
  stop: () => Promise<void>;
}>;

type Wanted = Readonly<{
  what: string;
  variable: string;
  binary: string;
  args: (port: number, folder: string) => string[];
  urlOf: (port: number) => string;
}>;
type Env = Readonly<Record<string, string | undefined>>;

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

/**
 * The server that a variable names, else a binary of the PATH in a folder of its own on a free port. `undefined` when there is none,
 * said aloud; with REQUIRE_SERVERS=1 that is an error. `keptIn` names a folder whose data outlive the server.
 */
export async function spawned(
  { what, variable, binary, args, urlOf }: Wanted,
  env: Env,
  keptIn?: string,
): Promise<TestServer | undefined> {
  const given = env[variable];
  if (given !== undefined) return { url: given, owned: false, kill: () => undefined, stop: async () => undefined };
  if (spawnSync(binary, ['--version'], { stdio: 'ignore' }).error !== undefined) {
    const missing = `there is no ${variable} and no ${binary} on the PATH`;
    if (env.REQUIRE_SERVERS === '1') throw new Error(`REQUIRE_SERVERS=1, and ${missing}`);
    process.stderr.write(`SKIPPED: what needs ${what}, for ${missing}\n`);
    return undefined;
  }
  const folder = keptIn === undefined ? mkdtempSync(join(tmpdir(), `vox-${binary}-`)) : join(keptIn, binary);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const child = spawn(binary, args(port, folder), { stdio: 'ignore' });
  return {
    url: urlOf(port),
    owned: true,
    kill: (signal) => void child.kill(signal),
    stop: async () => {
      await ended(child);
      if (keptIn === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
