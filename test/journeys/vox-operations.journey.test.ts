import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { voxCommand } from '@vox/cli/commands';
import { exitCodeOf } from '@vox/cli/exit-code';
import { ListSessions } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { settled } from '@vox/testing';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-operations-'));
// Nothing here asks a server of this machine.
for (const name of ['NATS_URL', 'NATS_MONITOR_URL', 'REDIS_URL', 'MONGODB_URI']) delete process.env[name];
/** How a command ends that is refused. */
const endOf = (asked: Promise<unknown>) =>
  asked.then(
    () => undefined,
    (error: Error) => ({ message: error.message, exitCode: exitCodeOf(error) }),
  );

let said: unknown[] = [];
let printed = '';
async function vox(...words: string[]): Promise<void> {
  [said, printed, process.exitCode] = [[], '', 0];
  await voxCommand({
    ask: async () => Promise.reject(new Error('nobody is asked')),
    ...{ actor: 'operator:test', requestId: randomUUID(), note: (text) => void (printed += text) },
    ...{ say: (answer) => void said.push(answer), print: async (text) => void (printed += text) },
  }).parseAsync(words, { from: 'user' });
}
afterEach(() => {
  process.exitCode = 0;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('vox bench smoke', () => {
  let journey: Journey;
  beforeAll(async () => {
    const draft = { ...demoDraft, bot: { mode: 'proof-of-work', whenUnavailable: 'deny' } };
    journey = await openJourney({ draft, proofTries: 2, ipPerMinute: 100_000 });
  });
  afterAll(() => journey.close());
  const smoke = (...over: string[]) =>
    vox('bench', 'smoke', '--url', journey.url, '--key', journey.widgetKey, '--origin', origin, ...over);

  it('asks for calls as visitors do, proof of work too, shows how long they took, and ends each', async () => {
    await smoke('--requests', '6', '--at-once', '3', '--json');
    expect(said).toEqual([
      {
        ...{ requests: 6, granted: 6, refused: {}, notEnded: 0 },
        ...{ p50Ms: expect.any(Number), p99Ms: expect.any(Number) },
      },
    ]);
    expect(process.exitCode).toBe(0);
    await settled(journey.bus);
    expect(await journey.bus.ask(ListSessions, { tenantId: 'demo', actor: 'operator:test' })).toMatchObject({
      sessions: [],
    });
  });
  it('counts refusals by their code, and exits with 1', async () => {
    await smoke('--origin', 'https://elsewhere.example', '--requests', '2');
    expect(printed).toBe('0 of 2 requests were granted\n  ORIGIN_MISMATCH: 2\n');
    expect(process.exitCode).toBe(1);
  });
  it.each([
    [['--requests', '201'], /a whole number from 1 to 200/],
    [['--requests', '0'], /a whole number from 1 to 200/],
    [['--at-once', 'all'], /a whole number from 1 to 20/],
    [['--key', 'x'], /must be a widget key/],
    [['--origin', 'shop'], /must be an origin/],
    [['--url', 'ftp://a'], /must begin with http/],
    [['--offer', join(folder, 'none')], /must name a file that holds an offer/],
  ])('refuses %j, and exits with 2', async (over, said) => {
    expect(await endOf(smoke(...over))).toEqual({ message: expect.stringMatching(said), exitCode: 2 });
  });
});

describe('vox doctor', () => {
  it('moves no cursor, whatever a server calls itself', async () => {
    const version = '1\u001b[2J\u202e';
    const server = createServer((_request, response) => response.end(JSON.stringify({ version, running: true })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await vox('doctor', '--service', `http://127.0.0.1:${port}`);
    server.close();
    expect(printed).toMatch(/^MEDIUM +Versions differ: /m);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be there
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('vox scale-check', () => {
  it('shows what is enough, and says that no limit was read where no server was given', async () => {
    await vox('scale-check', '--calls-per-second', '20', '--open-calls', '5000');
    expect(printed).toMatch(/^WHAT +ENOUGH +BECAUSE\nedge-guard +\d+ /);
    expect(printed).toMatch(/No limit of an installation was read/);
    expect(process.exitCode).toBe(0);
    await vox(
      'scale-check',
      '--calls-per-second',
      '1',
      '--open-calls',
      '1',
      '--dollars-per-core-hour',
      '0.05',
      '--json',
    );
    expect(said).toMatchObject([{ dollarsPerMonth: 657, limits: [], needs: expect.any(Array) }]);
  });
  it.each([
    [['--open-calls', '1'], /--calls-per-second/],
    [['--calls-per-second', 'many', '--open-calls', '1'], /a number from 0 to 100000/],
  ])('refuses %j, and exits with 2', async (words, said) => {
    expect(await endOf(vox('scale-check', ...words))).toEqual({ message: expect.stringMatching(said), exitCode: 2 });
  });
});

describe('vox support bundle', () => {
  it('writes a ZIP of what was read, with the last lines of a log and without its secrets', async () => {
    const log = join(folder, 'quota.log');
    const out = join(folder, 'bundle.zip');
    const line = (msg: string): string =>
      `${JSON.stringify({ level: 'info', service: 'quota', msg, token: 'canary-token-1' })}\n`;
    writeFileSync(log, `${line('the first line')}${line('running')}${line('mail to ann@example.com failed')}`);
    await vox('support', 'bundle', '--out', out, '--log', log, '--lines', '2');
    const files = Object.fromEntries(
      Object.entries(unzipSync(readFileSync(out))).map(([name, bytes]) => [name, strFromU8(bytes)]),
    );
    expect(Object.keys(files).sort()).toEqual([
      ...['README.txt', 'configuration.json', 'findings.json', 'logs/1.ndjson', 'streams.json', 'versions.json'],
    ]);
    expect(files['logs/1.ndjson']).toBe(
      '{"level":"info","service":"quota","msg":"running"}\n{"level":"info","service":"quota","msg":"mail to [cut] failed"}\n',
    );
    expect(JSON.parse(files['findings.json'] ?? '')).toHaveLength(11);
    await expect(vox('support', 'bundle', '--out', out)).rejects.toMatchObject({
      answer: { issues: [{ path: '--out', message: expect.stringMatching(/^exists already/) }] },
    });
  });
  it('refuses a log that cannot be read, and exits with 2', async () => {
    const words = ['support', 'bundle', '--out', join(folder, 'no.zip'), '--log', join(folder, 'none.log')];
    const message = expect.stringMatching(/--log must name files/);
    expect(await endOf(vox(...words))).toEqual({ message, exitCode: 2 });
  });
});
