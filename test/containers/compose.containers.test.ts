import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const project = 'vox-test';
const ports = { PORT: await freePort(), PAGE_PORT: await freePort(), SIMULATOR_PORT: await freePort() };
/** A stand-in for MongoDB's image may know users and no TLS. */
const mongoFlags = spawnSync('docker', ['run', '--rm', '--entrypoint', 'mongod', 'mongo:8.0', '--help'], {
  encoding: 'utf8',
});
const env = {
  ...process.env,
  MONGO_TLS: String(/--tlsMode/.test(mongoFlags.stdout ?? '')),
  ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
};

function compose(...args: string[]): string {
  const run = spawnSync('docker', ['compose', '-p', project, '--profile', 'dev', ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (run.status !== 0) throw new Error(`docker compose ${args[0]}: ${run.stderr.slice(-4_000)}`);
  return run.stdout;
}

type Container = { Service: string; State: string; Health: string };
const containers = (): Container[] =>
  compose('ps', '--format', 'json')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

describe('docker compose --profile dev', () => {
  beforeAll(() => {
    compose('up', '--build', '--detach', '--wait', '--wait-timeout', '300');
  });
  afterAll(() => {
    compose('down', '--volumes', '--timeout', '20');
  });

  it('runs five services, two of them twice, all healthy', () => {
    const healthy = containers()
      .filter(({ Health }) => Health === 'healthy')
      .map(({ Service }) => Service);
    expect(healthy.sort()).toEqual(
      [
        'auth',
        'compliance',
        'demo',
        'edge-guard',
        'mail-catcher',
        'mongo',
        'quota',
        'quota',
        'redis',
        'session-broker',
        'session-broker',
      ].sort(),
    );
  });

  it('grants a call to a page of the demo tenant, and ends it', async () => {
    const page = `http://localhost:${ports.PAGE_PORT}`;
    const url = `http://localhost:${ports.PORT}`;
    const html = await (await fetch(page)).text();
    const widgetKey = /data-tenant-widget-key="([^"]+)"/.exec(html)?.[1];
    const post = async (path: string, body: object) => {
      const headers = { 'content-type': 'application/json', origin: page };
      const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: response.status, body: (await response.json()) as Record<string, never> };
    };
    const granted = await post('/api/session', { widgetKey });
    expect(granted).toMatchObject({ status: 200, body: { client_secret: { value: expect.stringMatching(/^ek_/) } } });
    const call = { sm_session_id: granted.body.sm_session_id, authToken: granted.body.session_token };
    expect((await post('/api/heartbeat', call)).body).toMatchObject({ ok: true });
    expect((await post('/api/session/end', call)).body).toEqual({ ok: true });
    expect((await post('/api/heartbeat', call)).body).toMatchObject({ code: 'SESSION_ENDED', reason: 'client' });
    expect((await fetch(`${url}/voice-widget.js`)).status).toBe(200);
  });

  it('lets nobody into Redis or MongoDB without a password', () => {
    const redis = ['redis-cli', '--tls', '--cacert', '/servers/redis/ca.crt', 'DBSIZE'];
    expect(compose('exec', '-T', 'redis', ...redis)).toContain('NOAUTH');
    const tls = env.MONGO_TLS === 'true' ? ['--tls', '--tlsCAFile', '/servers/mongo/ca.crt'] : [];
    const find = ['--eval', 'db.getSiblingDB("vox_auth").tenants.findOne()'];
    expect(() => compose('exec', '-T', 'mongo', 'mongosh', '--quiet', ...tls, ...find)).toThrow(/auth/i);
  });

  it('reconciles as a user of MongoDB that only reads', () => {
    expect(compose('run', '--rm', '-T', 'reconcile')).toMatch(/facts of calls: 0 findings/);
  });

  it('runs without privileges, on a read-only file system, with what production needs only', () => {
    expect(compose('exec', '-T', 'auth', 'id', '-u').trim()).toBe('1000');
    for (const service of ['auth', 'nats', 'redis', 'mongo'])
      expect(() => compose('exec', '-T', service, 'touch', '/x'), service).toThrow(/[Rr]ead-only/);
    const names = `JSON.stringify(fs.globSync('**/node_modules/{[!@.]*,@*/*}/package.json').map((path) => require('/vox/' + path).name))`;
    const installed = JSON.parse(compose('exec', '-T', 'auth', 'node', '-p', names)) as string[];
    const there = [...new Set(installed.filter((name) => !name.startsWith('@vox/')))];
    for (const name of ['vitest', 'testcontainers', 'autocannon', 'werift', 'smtp-server'])
      expect(there).not.toContain(name);
    expect(compose('exec', '-T', 'auth', 'ls', '/vox/shared').trim().split('\n')).not.toContain('testing');
    expect(() => compose('exec', '-T', 'auth', 'which', 'npm')).toThrow();
    // The list of what is in the image says no less and no more.
    const { components } = JSON.parse(compose('exec', '-T', 'auth', 'cat', 'sbom.cdx.json'));
    type Component = { group?: string; name: string; purl: string };
    const listed = (components as Component[]).map(({ group, name }) => (group ? `${group}/${name}` : name));
    const foreign = [...new Set(listed.filter((name) => !name.startsWith('@vox/')))];
    expect(there.filter((name) => !foreign.includes(name))).toEqual([]);
    expect(foreign.filter((name) => !there.includes(name))).toEqual([]);
    for (const { name, purl } of components as Component[]) expect(purl, name).toMatch(/^pkg:npm\//);
  });

  it('gives NATS the rights that were written again while it runs', () => {
    const started = () => {
      const id = compose('ps', '-q', 'nats').trim();
      return spawnSync('docker', ['inspect', '-f', '{{.Id}} {{.State.StartedAt}}', id], { encoding: 'utf8' }).stdout;
    };
    const before = started();
    // As an older version wrote them, which knew no operator.
    const forget = `sed -i '/"operator": {/,/^  }/{/nkey:/d}' /servers/nats/nats.conf`;
    compose('run', '--rm', '-T', '--no-deps', '--entrypoint', 'sh', 'secrets', '-c', forget);
    compose('run', '--rm', '-T', '--no-deps', 'nats-reload');
    expect(() => compose('run', '--rm', '-T', '--no-deps', 'reconcile')).toThrow();
    compose('run', '--rm', '-T', '--no-deps', 'secrets');
    compose('run', '--rm', '-T', '--no-deps', 'nats-reload');
    expect(compose('run', '--rm', '-T', '--no-deps', 'reconcile')).toMatch(/facts of calls: 0 findings/);
    expect(started()).toBe(before);
  });

  it('keeps its secrets and data when every container is made again', async () => {
    compose('up', '--detach', '--wait', '--wait-timeout', '300', '--force-recreate');
    expect(containers().filter(({ Health }) => Health === 'unhealthy')).toEqual([]);
  });
});
