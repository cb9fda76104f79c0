import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { services } from '@vox/ops/configuration';
import { childEnv, freePort } from '@vox/testing';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const path = childEnv(process.env);
const run = (main: string, env: Record<string, string>, ...args: string[]) =>
  spawnSync(process.execPath, [main, ...args], { cwd: root, env: { ...path, ...env }, encoding: 'utf8' });

const secret = Buffer.alloc(32, 7).toString('base64');
const reach = { NATS_URL: 'nats://127.0.0.1:4222', MONGODB_URI: 'mongodb://127.0.0.1:27017', NODE_ENV: 'development' };
const good: Readonly<Record<string, Record<string, string>>> = {
  auth: {
    ...{ SEAL_KEY: secret, CODE_PEPPER: secret, VOX_MASTER_KEY: secret },
    ...{ SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'vox@example.com' },
  },
  quota: {},
  'session-broker': { SEAL_KEY: secret, OPENAI_API_KEY: 'sk-test' },
  compliance: { VOX_MASTER_KEY: secret },
  'edge-guard': { SECRET_KEY: secret, REDIS_URL: 'redis://127.0.0.1:6379', ALLOW_HTTP: 'true' },
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

const nothing = {
  NATS_URL: 'nats://127.0.0.1:1',
  MONGODB_URI: 'mongodb://u:canary@127.0.0.1:2/?directConnection=true',
};
/** What a service writes to its log until `enough` says that it wrote enough. */
async function saidBy(service: string, env: Record<string, string>, enough: (lines: readonly Line[]) => boolean) {
  const ports = { PRIVATE_PORT: String(await freePort()), PORT: String(await freePort()) };
  const child = spawn(process.execPath, [`services/${service}/src/main.ts`], {
    cwd: root,
    env: { ...path, ...reach, ...good[service], ...ports, ...env },
  });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => {
    text += bytes.toString();
  });
  const lines = (): Line[] =>
    text
      .split('\n')
      .filter((line) => line.endsWith('}'))
      .map((line) => JSON.parse(line));
  try {
    await expect.poll(() => enough(lines()), { timeout: 40_000 }).toBe(true);
  } finally {
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
  }
  return { lines: lines(), text };
}
type Line = Readonly<Record<string, unknown>>;

const of = (lines: readonly Line[], dependency: string) => lines.filter((line) => line.dependency === dependency);

// They wait together: each writes a line in ten seconds.
describe.concurrent('without its servers', () => {
  it.each(Object.keys(good))(
    '%s logs every ten seconds which server, at which address, and what to check, without a password',
    async (service) => {
      const first = service === 'edge-guard' ? 'nats' : 'mongodb';
      const tried = service === 'edge-guard' ? '127.0.0.1:1' : '127.0.0.1:2';
      const env = { ...nothing, ...(service === 'edge-guard' && { REDIS_URL: 'redis://:canary@127.0.0.1:3' }) };
      const { lines, text } = await saidBy(service, env, (said) => of(said, first).length >= 2);
      const said = of(lines, first);
      expect(said[0]).toMatchObject({
        level: 'warn',
        tried,
        says: 'nothing listens at the address',
        check: `whether it runs, and host and port in ${first === 'nats' ? 'NATS_URL' : 'MONGODB_URI'}`,
      });
      const [one, two] = said.map(({ time }) => Date.parse(String(time)));
      expect(Number(two) - Number(one)).toBeGreaterThanOrEqual(9_900);
      if (service === 'edge-guard')
        expect(of(lines, 'redis')[0]).toMatchObject({ tried: '127.0.0.1:3', says: 'nothing listens at the address' });
      expect(text).not.toContain('canary');
    },
    60_000,
  );
});

describe.each(Object.keys(good))('%s with addresses that are malformed', (service) => {
  it('refuses each by name with --check, and repeats none of them', () => {
    const wrong: Record<string, string> = {
      NATS_URL: 'hello-canary',
      MONGODB_URI: 'http://canary@a',
      REDIS_URL: 'http://canary@a:6379',
      OPENAI_BASE_URL: 'ftp://canary',
      BOTID_API_URL: 'canary:443',
      TURNSTILE_VERIFY_URL: 'https://canary:70000/',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'canary:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ' http://canary',
    };
    const { status, stderr } = run(
      `services/${service}/src/main.ts`,
      { ...reach, ...good[service], ...wrong },
      '--check',
    );
    expect(status).toBe(78);
    const read = Object.keys(wrong).filter((name) => services[service]?.schema.shape[name] !== undefined);
    expect(read.length).toBeGreaterThanOrEqual(3);
    for (const name of read) expect(stderr).toMatch(new RegExp(`- ${name}: (must|has)`));
    expect(stderr).not.toContain('canary');
  });
});

describe('the all-in-one mode as a process', () => {
  const main = 'local/src/all-in-one/main.ts';
  it('refuses production', () => {
    const { status, stderr } = run(main, { NODE_ENV: 'production' });
    expect([status, stderr.includes('refuses production')]).toEqual([78, true]);
  });
  it('prints a curl that gets a session in which a tool asks the shop, where the console is, and a command that shows its tenant', async () => {
    const env = {
      ...path,
      PORT: String(await freePort()),
      PAGE_PORT: String(await freePort()),
      VIEWER_PORT: String(await freePort()),
    };
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
    const granted = JSON.parse(answer.stdout) as { session_token: string };
    expect(granted).toMatchObject({ client_secret: { value: expect.stringMatching(/^ek_/) } });
    const shown = run('cli/src/main.ts', {}, 'tenant', 'show', 'demo');
    expect(JSON.parse(shown.stdout)).toMatchObject({ tenantId: 'demo', status: 'active' });
    const own = /The console is at (\S+)\. /.exec(said)?.[1] ?? '';
    expect(await (await fetch(own)).text()).toContain('/console/assets/');
    const page = /Open (\S+)/.exec(said)?.[1] ?? '';
    expect(await (await fetch(page)).text()).toContain('voice-widget.js');
    const found = await fetch(`http://127.0.0.1:${env.PORT}/api/tools/execute`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${granted.session_token}`, origin: page },
      body: JSON.stringify({ name: 'find_order', args: { number: 'AB123456' } }),
    });
    expect(await found.json()).toMatchObject({ ok: true, result: { order: { status: 'on its way' } } });
    const viewer = /metrics of each call are shown at (\S+)\.$/m.exec(said)?.[1] ?? '';
    expect(await (await fetch(viewer)).text()).toContain('POST /api/session');
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(existsSync(`${root}.vox/operator.json`)).toBe(false);
  }, 40_000);
});
