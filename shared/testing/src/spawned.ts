import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.ts';
import { note, skipped } from './report.ts';

/** A server for tests. `owned` tells whether a test may pause or kill it. */
export type TestServer = Readonly<{
  url: string;
  owned: boolean;
  kill: (signal: NodeJS.Signals) => void;
  /** Kills the server and starts it again at the same address, with its data or without. */
  restart: (data: 'kept' | 'lost') => Promise<void>;
  stop: () => Promise<void>;
}>;

/** One kind of server, and where it may come from. */
export type Wanted = Readonly<{
  what: string;
  variable: string;
  binary: string;
  args: (port: number, folder: string) => string[];
  urlOf: (port: number) => string;
  /** Such as options of a configuration file that the server looks for in its folder. */
  prepare?: (folder: string) => void;
  /** Asks a server that runs what it is. */
  versionOf: (url: string) => Promise<string>;
  image: string;
  imageArgs: readonly string[];
  /** How a server of the image is reached, where that differs. */
  imageUrlOf?: (port: number) => string;
  imagePort: number;
}>;
type Env = Readonly<Record<string, string | undefined>>;

const lowestPort = 10_000;
const highestPort = 30_000;

/**
 * A free port below the range of outgoing connections: a port of that range could be taken before the server starts.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowestPort, highestPort);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

const notOurs = async (): Promise<void> => {
  throw new Error('the server is not ours to restart');
};

const has = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore', timeout: 5_000 }).status === 0;

/**
 * The server that a variable names, or else a binary of the PATH in a folder of its own on a free port, or else a
 * container. When there is none, returns `undefined` and reports it; with REQUIRE_SERVERS=1 that is an error. `keptIn`
 * names a folder whose data outlive the server.
 */
export async function testServer(wanted: Wanted, env: Env, keptIn?: string): Promise<TestServer | undefined> {
  const given = env[wanted.variable];
  const found =
    given !== undefined
      ? {
          from: wanted.variable,
          server: { url: given, owned: false, kill: () => undefined, restart: notOurs, stop: async () => undefined },
        }
      : ((await fromPath(wanted, keptIn)) ?? (await fromImage(wanted)));
  if (found === undefined)
    return skipped(
      wanted.what,
      `there is no ${wanted.variable}, no ${wanted.binary} on the PATH and no ${wanted.image} in Docker`,
      env,
    );
  const version = await eventually(() => wanted.versionOf(found.server.url));
  note({ kind: 'server', what: wanted.what, version, from: found.from }, env);
  return found.server;
}

async function fromPath({ binary, args, urlOf, prepare }: Wanted, keptIn: string | undefined) {
  if (spawnSync(binary, ['--version'], { stdio: 'ignore' }).error !== undefined) return undefined;
  const folder = keptIn === undefined ? mkdtempSync(join(tmpdir(), `vox-${binary}-`)) : resolve(keptIn, binary);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const run = (): ChildProcess => {
    prepare?.(folder);
    return spawn(binary, args(port, folder), { stdio: 'ignore', cwd: folder });
  };
  let child = run();
  const server: TestServer = {
    url: urlOf(port),
    owned: true,
    kill: (signal) => void child.kill(signal),
    async restart(data) {
      await ended(child);
      if (data === 'lost') {
        rmSync(folder, { recursive: true, force: true });
        mkdirSync(folder, { recursive: true });
      }
      child = run();
    },
    stop: async () => {
      // Data that outlive the server deserve a clean end; others need none.
      await ended(child, keptIn === undefined ? 'SIGKILL' : 'SIGTERM');
      if (keptIn === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  return { from: `${binary} on the PATH`, server };
}

/** A container of an image that this machine has or can pull, where a Docker engine answers. */
async function fromImage({ image, imageArgs, imagePort, urlOf, imageUrlOf = urlOf }: Wanted) {
  if (!has('docker', 'version') || !(has('docker', 'image', 'inspect', image) || has('docker', 'pull', '-q', image)))
    return undefined;
  const { GenericContainer } = await import('testcontainers');
  const container = await new GenericContainer(image)
    .withExposedPorts(imagePort)
    .withCommand([...imageArgs])
    .start();
  const signal = (name: string): void =>
    void spawnSync('docker', ['kill', '-s', name, container.getId()], { stdio: 'ignore' });
  const server: TestServer = {
    url: imageUrlOf(container.getMappedPort(imagePort)),
    owned: true,
    kill: signal,
    restart: notOurs,
    stop: async () => {
      // A paused container does not receive the signal to end.
      signal('SIGCONT');
      await container.stop();
    },
  };
  return { from: `a container of ${image}`, server };
}

/** Sends a process a signal, unless it is over, and waits until it is. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
