import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const fixture = fileURLToPath(new URL('./run-service.fixture.ts', import.meta.url));
const probe = createServer().listen(0, '127.0.0.1');
await once(probe, 'listening');
const address = probe.address();
const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
probe.close();

const child = spawn(process.execPath, [fixture], {
  env: { PATH: process.env.PATH ?? '', PRIVATE_PORT: String(port) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
let text = '';
child.stdout.on('data', (bytes: Buffer) => void (text += bytes.toString()));
afterAll(() => void child.kill('SIGKILL'));

const said = (): string[] => text.split('\n').flatMap((line) => (line.startsWith('#') ? [line.slice(1)] : []));
const ask = (path: string) =>
  fetch(`http://127.0.0.1:${port}${path}`).then(
    async (answer) => [answer.status, await answer.json()] as const,
    () => [0, undefined] as const,
  );
const soon = { timeout: 15_000, interval: 10 };

describe('a service', () => {
  it('lives while it opens what it needs, and has neither started nor is ready', async () => {
    await expect.poll(async () => (await ask('/livez'))[0], soon).toBe(200);
    expect(await ask('/startupz')).toMatchObject([503, { running: false }]);
    expect(await ask('/readyz')).toMatchObject([503, { running: false }]);
  });
  it('has started and is ready once everything is open', async () => {
    child.kill('SIGUSR2');
    await expect.poll(async () => (await ask('/readyz'))[0], soon).toBe(200);
    expect(await ask('/startupz')).toEqual([200, { started: true }]);
  });
  it('is ready no more before its door closes, then closes door, consumers and store in this order, and exits with 0', async () => {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await expect.poll(said, soon).toContain('door closes');
    expect(await ask('/readyz')).toMatchObject([503, { running: false }]);
    expect(await ask('/livez')).toMatchObject([200, {}]);
    expect(said()).toEqual(['door closes']);
    expect(await exit).toEqual([0, null]);
    const parts = ['door', 'consumers', 'store'];
    expect(said()).toEqual(parts.flatMap((part) => [`${part} closes`, `${part} is closed`]));
  });
});
