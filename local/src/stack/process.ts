import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnv } from '@vox/testing';

export type Env = Readonly<Record<string, string>>;

/** One service as a process of its own. */
export type Running = Readonly<{
  name: string;
  pid: number | undefined;
  env: Env;
  /** Where /livez, /readyz and /metrics are served, if they are. */
  privateUrl: string;
  logFile: string;
  kill: (signal: NodeJS.Signals) => void;
  /** Resolves with the exit status once it has stopped by itself after SIGTERM. */
  stop: () => Promise<number | null>;
  exited: () => boolean;
}>;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const readyTriesMax = 1_200;
const betweenTriesMs = 25;

/** Starts a main file of this repository. Its output goes to a log file. */
function start(name: string, main: string, env: Env, logs: string): Running {
  const logFile = join(logs, `${name}.log`);
  mkdirSync(dirname(logFile), { recursive: true });
  const child: ChildProcess = spawn(process.execPath, [join(root, main)], {
    cwd: root,
    env: { ...childEnv(process.env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const exited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    name,
    pid: child.pid,
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

/**
 * Waits until a process says that it is ready or, where it has no private port, until it listens. Throws when the
 * process ends before, and after half a minute.
 */
async function ready({ name, env, privateUrl, exited, logFile }: Running): Promise<void> {
  const url = env.PRIVATE_PORT === undefined ? `http://127.0.0.1:${env.PORT}` : `${privateUrl}/readyz`;
  for (let tries = 0; tries < readyTriesMax; tries += 1) {
    if (exited()) throw new Error(`${name} ended while it started: see ${logFile}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok || (answer !== undefined && env.PRIVATE_PORT === undefined)) return;
    await pause(betweenTriesMs);
  }
  throw new Error(`${name} is not ready: see ${logFile}`);
}

/** Processes by name. Each keeps the settings of its first start. */
export type Processes = Readonly<{
  /** Resolves once it is ready. */
  start: (name: string, main: string, env: Env) => Promise<void>;
  named: (name: string) => Running | undefined;
  /** Stops a process if it runs, and starts it again. The settings given go over its own. */
  restart: (name: string, over?: Env) => Promise<Running>;
  /** Stops all, the last first. */
  stop: () => Promise<void>;
}>;

export function processes(logs: string): Processes {
  const firsts = new Map<string, Readonly<{ main: string; env: Env }>>();
  const running = new Map<string, Running>();
  async function run(name: string, main: string, env: Env): Promise<Running> {
    const begun = start(name, main, env, logs);
    running.set(name, begun);
    await ready(begun);
    return begun;
  }
  return {
    async start(name, main, env) {
      firsts.set(name, { main, env });
      await run(name, main, env);
    },
    named: (name) => running.get(name),
    async restart(name, over = {}) {
      const first = firsts.get(name);
      if (first === undefined) throw new RangeError(`${name} is no process of this stack`);
      await running.get(name)?.stop();
      return run(name, first.main, { ...first.env, ...over });
    },
    async stop() {
      await Promise.all([...running.values()].reverse().map((each) => each.stop()));
    },
  };
}
