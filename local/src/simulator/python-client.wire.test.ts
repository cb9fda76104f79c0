import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { note, skipped } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { apiKey, openProvider, someOffer } from './provider.fixture.ts';

/** Where the official Python client is: on Python's own path, or where `.ci/run` put it. */
const packages = `${homedir()}/.cache/vox-python`;
const env = { ...process.env, ...(existsSync(packages) && { PYTHONPATH: packages }) };
const { status, stdout } = spawnSync('python3', ['-c', 'import openai; print(openai.__version__)'], {
  env,
  encoding: 'utf8',
});
const isThere = status === 0;
const what = 'the Python client of the provider';
if (isThere) note({ kind: 'server', what, version: stdout.trim(), from: 'python3' }, process.env);
// No suite of ours runs on Python, so that a machine without it has all servers that are required.
else skipped(what, 'python3 cannot import openai', { ...process.env, REQUIRE_SERVERS: undefined });

const provider = isThere ? await openProvider({ usageMs: 0 }) : undefined;
afterAll(() => provider?.close());

describe.skipIf(!isThere)('the simulated provider', () => {
  it('is taken for the provider by the official Python client, in both of its APIs', async () => {
    const { door, account } = provider as NonNullable<typeof provider>;
    const script = fileURLToPath(new URL('python-client.py', import.meta.url));
    const running = promisify(execFile)('python3', [script], {
      env: { ...env, OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: `${door.url}/v1` },
    });
    running.child.stdin?.end(someOffer());
    const got = JSON.parse((await running).stdout) as Record<string, unknown> & { call: string; live: [string] };
    expect(got).toEqual({
      secret: ['ek_', 'gpt-realtime-2.1'],
      bare: 'ek_',
      models: ['gpt-live-1', 'gpt-live-1.1'],
      answer: 'v=0',
      call: expect.stringMatching(/^rtc_/),
      sideband: ['session.created', 'session.updated', 'Be kind.'],
      live: [expect.stringMatching(/^live_/), 'session.started', 'session.closed', 'close_requested'],
      strangers: 'invalid_api_key',
      mistakes: expect.any(String),
    });
    expect(account(got.call)).toMatchObject({ kind: 'realtime', endedBy: 'hangup' });
    expect(account(got.live[0])).toMatchObject({ kind: 'live', endedBy: 'hangup' });
  });
});
