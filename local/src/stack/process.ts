import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export type Env = Readonly<Record<string, string>>;

/** One service as a process of its own. */
export type Running = Readonly<{
  name: string;
  env: Env;
  /** Where /livez, /readyz and /metrics are served. */
  privateUrl: string;
  logFile: string;
  kill: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit status once it has stopped by itself after SIGTERM. */
  stop: () => Promise<number | null>;
  exited: () => boolean;
}>;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readyTriesMax = 240;
const betweenTriesMs = 125;

/** Starts a main file of this repository. Its log goes to a file. */
export function start(name: string, main: string, env: Env, logs: string): Running {
  const logFile = join(logs, `${name}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const child: ChildProcess = spawn(process.execPath, [join(root, main)], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const exited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    env,
    logFile,
    privateUrl: `http://127.0.0.1:${env.PRIVATE_PORT}`,
    kill: (signal) => void child.kill(signal),
    exited,
    async stop() {
      if (exited()) return child.exitCode;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
      return child.exitCode;
    },
  };
}

/** Waits until a service says that it is ready. Throws when it ends before, or after half a minute. */
export async function ready({ name, privateUrl, exited, logFile }: Running): Promise<void> {
  for (let tries = 0; tries < readyTriesMax; tries += 1) {
    if (exited()) throw new Error(`${name} ended while it started: see ${logFile}`);
    const answer = await fetch(`${privateUrl}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(betweenTriesMs);
  }
  throw new Error(`${name} is not ready: see ${logFile}`);
}
