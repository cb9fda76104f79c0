import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newIdentities } from '@vox/local/stack-identities';
import { newKeys, openServers } from '@vox/local/stack-servers';
import { addressesOf, mongoEnv } from '@vox/local/stack-settings';
import { freePort, furnish, natsServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'vox-doctor-'));
const natsConfig = join(folder, 'nats.conf');
const identities = await newIdentities(folder, Date.now());
const monitor = `http://127.0.0.1:${await freePort()}`;
const keys = newKeys(natsConfig, identities.files, (text) => `http: ${JSON.stringify(new URL(monitor).host)}\n${text}`);
const stops: (() => Promise<void>)[] = [];
const onStop = (stop: () => Promise<void>): void => void stops.push(stop);
const servers = await openServers({ folder, natsConfig, kept: false, identities, testEnv: process.env, onStop });
const ca = identities.files.authority;
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  rmSync(folder, { recursive: true, force: true });
});

const main = fileURLToPath(new URL('../../cli/src/main.ts', import.meta.url));
const doctor = (env: Readonly<Record<string, string>>, ...args: string[]) =>
  promisify(execFile)(process.execPath, [main, 'doctor', ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
  }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code: code as number, stdout: String(stdout), stderr: String(stderr) }),
  );
const idsIn = (json: string): string[] =>
  (JSON.parse(json) as { findings: { severity: string; id: string }[] }).findings.map(
    ({ severity, id }) => `${severity} ${id}`,
  );

describe.skipIf(servers === undefined)('`vox doctor` on servers with users and TLS', () => {
  const password = identities.passwords['edge-guard'] ?? '';
  const env = {
    ...{ NATS_URL: servers?.nats.url ?? '', NATS_CA_FILE: ca, NATS_NKEY_SEED: keys.operator?.seed ?? '' },
    ...{
      REDIS_URL: `rediss://edge-guard:${password}@${new URL(servers?.redis.url ?? 'x://x').host}`,
      REDIS_CA_FILE: ca,
    },
    ...mongoEnv(servers === undefined ? '' : addressesOf(servers).mongo, 'reconcile', identities),
  };
  it('finds what one machine lacks, and nothing wrong with rights, certificates or clocks', async () => {
    await furnish(env.NATS_URL, { nkeySeed: keys.bootstrap?.seed, ca: readFileSync(ca, 'utf8') });
    const given = ['--json', '--monitor', monitor, '--nats-config', natsConfig, '--secrets', folder];
    const { code, stdout } = await doctor(env, ...given);
    const found = idsIn(stdout);
    expect(code).toBe(1);
    expect(found).toEqual(
      expect.arrayContaining(['high drill.never', 'high nats.sync', 'medium nats.replicas', 'medium redis.no-limit']),
    );
    expect(
      found.filter((id) => /rights|certificates|clocks|secrets|silent|refused|missing|consumers|open/.test(id)),
    ).toEqual([]);
    expect(found).toEqual(expect.arrayContaining(['skipped services.not-given', 'skipped door.not-given']));
    expect(stdout).not.toContain(password);
  });
  it('says aloud what does not answer, within seconds and without a password', async () => {
    const gone = await freePort();
    const { code, stdout } = await doctor({
      ...{ NATS_URL: `nats://127.0.0.1:${gone}`, REDIS_URL: `redis://edge-guard:canary@127.0.0.1:${gone}` },
      ...{ MONGODB_URI: `mongodb://auth:canary@127.0.0.1:${gone}/`, NATS_MONITOR_URL: `http://127.0.0.1:${gone}` },
    });
    expect(code).toBe(1);
    for (const server of ['NATS', 'Redis', 'MongoDB', 'The monitoring endpoint of NATS'])
      expect(stdout).toMatch(new RegExp(`^HIGH +${server} was not looked at: `, 'm'));
    expect(stdout).not.toContain('canary');
  });
});

const broadConfig = join(folder, 'broad.conf');
const broad = newKeys(broadConfig, undefined, (text) =>
  text.replace(/("operator": \{[\s\S]*?publish: \{ allow: \[)/, '$1"vox.doctor.>", '),
);
const nats = await natsServer(process.env, undefined, broadConfig);
afterAll(() => nats?.stop());

describe.skipIf(!nats?.owned)('`vox doctor` on a bus that gives the operator more than the contracts do', () => {
  it('finds that by the configuration of the server, and without it by trying', async () => {
    const env = { NATS_URL: nats?.url ?? '', NATS_NKEY_SEED: broad.operator?.seed ?? '' };
    await furnish(env.NATS_URL, { nkeySeed: broad.bootstrap?.seed });
    const { stdout } = await doctor(env, '--nats-config', broadConfig);
    expect(stdout).toMatch(
      /^HIGH +On the bus more is allowed than the contracts say: operator: publish vox\.doctor\.>, /m,
    );
    expect(stdout).toContain('operator: to say vox.doctor.probe.');
    expect(stdout).not.toContain('to hear vox.doctor.probe');
  });
});

describe('`vox doctor` without servers', () => {
  it('skips everything aloud, and exits with 0', async () => {
    const { code, stdout } = await doctor({});
    expect(code).toBe(0);
    expect(stdout).toMatch(/0 high, 0 medium, 0 low, 11 skipped\n$/);
  });
  it.each([
    ['--monitor', ['--monitor', 'hello'], {}, /--monitor <url> must begin with http/],
    ['NATS_URL', [], { NATS_URL: 'hello' }, /NATS_URL must begin with nats:\/\/ or tls:\/\//],
  ])('exits with 2 and names what is wrong with %s', async (_what, args, env, said) => {
    const { code, stderr } = await doctor(env as Record<string, string>, ...args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(said)]);
  });
});
