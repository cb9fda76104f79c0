import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '@vox/shared/testing';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const path = { PATH: process.env.PATH ?? '' };
const run = (main: string, env: Record<string, string>, ...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], { cwd: root, env: { ...path, ...env }, encoding: 'utf8' });

const secret = Buffer.alloc(32, 7).toString('base64');
const reach = { NATS_URL: 'nats://127.0.0.1:4222', MONGODB_URI: 'mongodb://127.0.0.1:27017', NODE_ENV: 'development' };
const good: Readonly<Record<string, Record<string, string>>> = {
  auth: { SEAL_KEY: secret },
  quota: {},
  'session-broker': { SEAL_KEY: secret, OPENAI_API_KEY: 'sk-test' },
  compliance: { VOX_MASTER_KEY: secret },
  'edge-guard': { SECRET_KEY: secret, REDIS_URL: 'redis://127.0.0.1:6379' },
};

describe.each(Object.keys(good))('%s as a process', (service) => {
  const main = `services/${service}/src/main.ts`;
  it('with --check says that its configuration is good, and opens nothing', () => {
    const { status, stdout } = run(main, { ...reach, ...good[service] }, '--check');
    expect([status, stdout]).toEqual([0, `the configuration of ${service} is good\n`]);
  });
  it('lists every mistake of its configuration at once, repeats no value, and exits 78', () => {
    const { status, stderr } = run(main, {
      NATS_URL: '',
      MONGODB_URI: 'canary',
      SEAL_KEY: 'canary',
      SECRET_KEY: 'canary',
      LOG_LEVEL: 'canary',
    });
    expect(status).toBe(78);
    expect(stderr).toMatch(/NATS_URL: is empty/);
    expect(stderr).toMatch(/LOG_LEVEL: /);
    expect(stderr).toMatch(/NATS_NKEY_SEED: is required in production/);
    expect(stderr).not.toContain('canary');
  });
});

describe('the all-in-one mode as a process', () => {
  const main = 'local/src/all-in-one/main.ts';
  it('refuses production', () => {
    const { status, stderr } = run(main, { NODE_ENV: 'production' });
    expect([status, stderr.includes('refuses production')]).toEqual([78, true]);
  });
  it('prints a curl that gets a session and a command that shows its tenant, and stops cleanly', async () => {
    const env = { ...path, PORT: String(await freePort()), PAGE_PORT: String(await freePort()) };
    const child = spawn(process.execPath, [fileURLToPath(new URL(`../../${main}`, import.meta.url))], {
      cwd: root,
      env,
    });
    let said = '';
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    await expect.poll(() => said, { timeout: 20_000 }).toContain('npx vox');
    const curl = /curl -s .*/.exec(said)?.[0] ?? '';
    const answer = spawnSync('bash', ['-c', curl], { encoding: 'utf8' });
    expect(JSON.parse(answer.stdout)).toMatchObject({ client_secret: { value: expect.stringMatching(/^ek_/) } });
    const shown = run('ops/src/vox/main.ts', {}, 'tenant', 'show', 'demo');
    expect(JSON.parse(shown.stdout)).toMatchObject({ tenantId: 'demo', status: 'active' });
    const page = /Open (\S+)/.exec(said)?.[1] ?? '';
    expect(await (await fetch(page)).text()).toContain('voice-widget.js');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(existsSync(`${root}.vox/operator.json`)).toBe(false);
  }, 40_000);
});
