import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { childEnv, freePort } from '@vox/testing';

export type Line = Readonly<Record<string, unknown>>;
export type Running = Awaited<ReturnType<typeof started>>;

const startMs = 60_000;

/**
 * A service as a process of its own, which need not become ready. Resolves when /livez answers: from then on it tries
 * to reach its servers. A setting that is undefined is left out.
 */
export async function started(service: string, settings: Readonly<Record<string, string | undefined>>) {
  const main = fileURLToPath(new URL(`../../services/${service}/src/main.ts`, import.meta.url));
  const port = String(await freePort());
  const env = { ...childEnv(process.env), PORT: String(await freePort()), PRIVATE_PORT: port, ...settings };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => void (text += bytes.toString()));
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const ask = (path: string): Promise<Response> => fetch(`http://127.0.0.1:${port}${path}`);
  for (const until = performance.now() + startMs; !(await ask('/livez').catch(() => undefined)); await pause(20))
    if (ended() || performance.now() > until) throw new Error(`${service} did not start: ${text}`);
  return {
    text: () => text,
    lines: (): Line[] =>
      text
        .split('\n')
        .filter((line) => line.startsWith('{') && line.endsWith('}'))
        .map((line) => JSON.parse(line)),
    readyz: async (): Promise<Line> => (await (await ask('/readyz')).json()) as Line,
    async stop() {
      if (ended()) return;
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
}
