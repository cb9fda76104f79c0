import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateWebhook, SessionEnded } from '@vox/contracts';
import { freePort } from '@vox/testing';
import { afterEach, expect, it } from 'vitest';
import { anEnd, deliveriesOf, hooked } from './webhooks.fixture.ts';

const page = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
const code = /```js\n(.*?)```/s.exec(page)?.[1] ?? '';
// It stands in the workspace, where the library is found.
const folder = mkdtempSync(fileURLToPath(new URL('../receiver-', import.meta.url)));
const file = join(folder, 'receiver.mjs');
let running: ChildProcess | undefined;
afterEach(() => {
  running?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the receiver of the documentation. Answers what it prints. */
function start(port: number, secret: string): string[] {
  const lines: string[] = [];
  writeFileSync(file, code);
  const env = { ...process.env, PORT: String(port), WEBHOOK_SECRET: secret };
  running = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.stdout?.on('data', (bytes: Buffer) => lines.push(...bytes.toString().trim().split('\n')));
  return lines;
}

it('the receiver of the documentation takes a webhook once, and refuses one with a foreign signature', async () => {
  const fixture = await hooked();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const make = () => fixture.bus.ask(CreateWebhook, { tenantId: 'acme', url, types: ['session.ended'], actor: 'test' });
  const [known, foreign] = [await make(), await make()];
  const lines = start(port, known.secret);
  await expect.poll(() => lines, { timeout: 10_000 }).toEqual(['listening']);
  const fact = anEnd(fixture);
  await fixture.bus.publish(SessionEnded, fact);
  const statuses = async ({ endpoint }: typeof known) =>
    (await deliveriesOf(fixture, endpoint.endpointId)).flatMap(({ attempts }) => attempts.map(({ status }) => status));
  await expect.poll(() => statuses(known)).toEqual([204]);
  await expect.poll(() => statuses(foreign)).toEqual([401]);
  expect(lines).toEqual(['listening', `session.ended ${fact.data.sessionId}`]);
}, 20_000);
