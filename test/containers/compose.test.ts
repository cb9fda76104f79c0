import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { redisUser } from '@vox/edge-guard/redis-rights';
import { telemetryOf } from '@vox/local/stack-settings';
import { storeUsers } from '@vox/ops/store-users';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const textOf = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

type Service = Readonly<{
  volumes?: readonly string[];
  command?: readonly string[];
  environment?: Readonly<Record<string, string | null>>;
  ports?: readonly string[];
}>;
const { services } = parse(textOf('docker-compose.yml'), { merge: true, maxAliasCount: -1 }) as {
  services: Record<string, Service>;
};
/** Where services find the authority. */
const authorityFile = '/secrets/ca.crt';
const ours = ['auth', 'quota', 'session-broker', 'compliance', 'edge-guard'];

describe('docker compose', () => {
  it('runs Redis as docs/redis.md says', () => {
    const rows = [...textOf('docs/redis.md').matchAll(/^\| `([a-z-]+)` +\| (?:`([^`]*)`|\(nothing\)) +\|/gm)];
    const wanted = rows.flatMap(([, name, value = '']) => [`--${name}`, value]);
    expect(wanted).toContain('--maxmemory-policy');
    const [program, ...args] = services.redis?.command ?? [];
    expect([program, ...pairs(args)].sort()).toEqual(['redis-server', ...pairs(wanted)].sort());
    expect(args.join(' ')).toContain('--maxmemory-policy noeviction');
  });

  it.each(ours)('passes the settings of OpenTelemetry on to %s when they are set', (name) => {
    const environment = services[name]?.environment ?? {};
    // A variable without a value is not passed on: an empty one would be a configuration mistake.
    for (const variable of [
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      'OTEL_EXPORTER_OTLP_PROTOCOL',
      'OTEL_EXPORTER_OTLP_HEADERS',
      'OTEL_TRACES_EXPORTER',
      'OTEL_TRACES_SAMPLER',
      'OTEL_RESOURCE_ATTRIBUTES',
    ])
      expect(environment[variable], variable).toBeNull();
  });

  it.each(ours)('gives %s an nkey, a user and a password of its own, and TLS to each server', (name) => {
    const environment = services[name]?.environment ?? {};
    expect(environment).toMatchObject({
      NATS_URL: 'tls://nats:4222',
      NATS_CA_FILE: authorityFile,
      NATS_NKEY_SEED_FILE: `/secrets/${name}.seed`,
      ...(name in storeUsers && { MONGODB_URI_FILE: `/secrets/${name}.mongodb-uri` }),
      ...(name === redisUser && { REDIS_URL_FILE: `/secrets/${name}.redis-url`, REDIS_CA_FILE: authorityFile }),
    });
    // A store that it has no user for is not named to it.
    expect('MONGODB_URI_FILE' in environment).toBe(name in storeUsers);
    expect('REDIS_URL_FILE' in environment).toBe(name === redisUser);
  });

  it.each(['nats', 'redis', 'mongo'])('shows %s nothing that another server or a service proves itself by', (name) => {
    const secret = services[name]?.volumes?.filter((volume) => /secrets/.test(volume));
    expect(secret).toEqual([`${name}-secrets:/servers/${name}:ro`]);
  });

  it('shows the administrator’s secrets to the jobs that need them, and to nobody else', () => {
    const seeing = Object.entries(services).filter(([, { volumes = [] }]) => volumes.join().includes('admin-secrets'));
    expect(seeing.map(([name]) => name)).toEqual(['secrets', 'mongo-users']);
  });

  it('lets nobody into MongoDB without a password or without TLS, unless a stand-in asks for it', () => {
    const script = services.mongo?.command?.join(' ') ?? '';
    for (const wanted of [
      '--keyFile',
      '--tlsMode requireTLS',
      'MONGO_INITDB_ROOT_USERNAME',
      'MONGO_INITDB_ROOT_PASSWORD',
    ])
      expect(script).toContain(wanted);
    expect(services.mongo?.environment?.MONGO_TLS).toBe(['$', '{MONGO_TLS:-true}'].join(''));
  });

  it.each(ours)('lets scrapers of its network reach %s, and nobody on the machine', (name) => {
    expect(services[name]?.environment?.PRIVATE_HOST).toBe('0.0.0.0');
    const published = services[name]?.ports ?? [];
    expect(published.filter((port) => /:9090$|PRIVATE/.test(port))).toEqual([]);
  });
});

describe('make stack', () => {
  it('passes the settings of OpenTelemetry on to each service, but no service name and nothing empty', () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a',
      OTEL_X: '',
      OTEL_SERVICE_NAME: 'shell',
      PATH: '/',
      HOME: '/',
    };
    expect(telemetryOf(env)).toEqual({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a' });
  });
});

function pairs(args: readonly string[]): string[] {
  return Array.from({ length: args.length / 2 }, (_, place) => `${args[2 * place]} ${args[2 * place + 1]}`);
}
