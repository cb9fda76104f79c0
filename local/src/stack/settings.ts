import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { redisUser } from '@vox/edge-guard/redis-rights';
import { storeUri } from '@vox/ops/store-users';
import type { Identities } from './identities.ts';
import type { Env } from './process.ts';
import type { Keys, Servers } from './servers.ts';

/** How many processes each service has, unless a caller wants another number. */
export const standardCopies: Readonly<Record<string, number>> = {
  auth: 1,
  quota: 2,
  'session-broker': 2,
  compliance: 1,
  'edge-guard': 1,
};

/** What stored keys are sealed under. It lives as long as the data, or nobody could open the keys again. */
export function secretIn(file: string, kept: boolean): string {
  if (kept && existsSync(file)) return readFileSync(file, 'utf8');
  const secret = randomBytes(32).toString('base64');
  if (kept) writeFileSync(file, secret, { mode: 0o600 });
  return secret;
}

/** What OpenTelemetry reads from the environment, without the name of the service: each service has its own. */
export const telemetryOf = (env: Readonly<Record<string, string | undefined>>): Env =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      name.startsWith('OTEL_') && name !== 'OTEL_SERVICE_NAME' && value ? [[name, value]] : [],
    ),
  );

/** Where services reach what they need over the network, without what lets anybody in. */
export type Addresses = Readonly<Record<'nats' | 'redis' | 'mongo', string>> &
  Readonly<{
    /** Where the provider is reached. Left out, it is OpenAI. */
    provider?: string | undefined;
    /** Where mails are taken, as SMTP_URL. */
    mail: string;
  }>;

/** The addresses of servers, without their administrator. */
export function addressesOf({ nats, redis, mongo }: Servers): Omit<Addresses, 'provider' | 'mail'> {
  const { protocol, host } = new URL(redis.url);
  const withTls = mongo.url.includes('tls=true') ? '&tls=true' : '';
  return {
    nats: nats.url,
    redis: `${protocol}//${host}`,
    mongo: `mongodb://${new URL(mongo.url).host}/?directConnection=true${withTls}`,
  };
}

export type SettingsSource = Readonly<{
  addresses: Addresses;
  keys: Keys;
  /** Without them, a service proves itself to the bus alone. */
  identities: Identities | undefined;
  secret: string;
  apiKey: string;
  /** How many copies of edge-guard there are. */
  doors: number;
  over: Env;
}>;

// A server that came from an image knows no users and speaks no TLS: its address says so.

/** How one reaches NATS. */
export const natsEnv = (url: string, seed: string | undefined, identities: Identities | undefined): Env => ({
  NATS_URL: url,
  NATS_NKEY_SEED: seed ?? '',
  ...(identities !== undefined && url.startsWith('tls:') && { NATS_CA_FILE: identities.files.authority }),
});

/** How a user reaches MongoDB. */
export const mongoEnv = (server: string, user: string, identities: Identities | undefined): Env =>
  identities === undefined || !server.includes('tls=true')
    ? { MONGODB_URI: server }
    : {
        MONGODB_URI: storeUri(server, user, identities.passwords[user] ?? ''),
        MONGODB_CA_FILE: identities.files.authority,
      };

/** How edge-guard reaches Redis. */
function redisEnv(server: string, identities: Identities | undefined): Env {
  if (identities === undefined || !server.startsWith('rediss:')) return { REDIS_URL: server };
  const url = new URL(server);
  [url.username, url.password] = [redisUser, identities.passwords[redisUser] ?? ''];
  return { REDIS_URL: url.href, REDIS_CA_FILE: identities.files.authority };
}

/** The environment of one service, as in production but for the TLS of the public door. */
export function settingsOf(
  service: string,
  { addresses, keys, identities, secret, apiKey, doors, over }: SettingsSource,
): Env {
  const masterKey: Env = over.VOX_MASTER_KEY_FILE === undefined ? { VOX_MASTER_KEY: secret } : {};
  const own: Readonly<Record<string, Env>> = {
    auth: {
      ...{ SEAL_KEY: secret, CODE_PEPPER: secret },
      ...masterKey,
      ...{
        SMTP_URL: addresses.mail,
        CONSOLE_URL: 'http://127.0.0.1:8080',
        SMTP_PLAIN: 'true',
        MAIL_FROM: 'vox@localhost.localdomain',
      },
    },
    compliance: masterKey,
    'session-broker': { SEAL_KEY: secret, OPENAI_API_KEY: apiKey },
    'edge-guard': {
      ...{ SECRET_KEY: secret, ALLOW_HTTP: 'true', ...redisEnv(addresses.redis, identities) },
      EXPECTED_COPIES: String(doors),
    },
  };
  return {
    NODE_ENV: 'production',
    ...natsEnv(addresses.nats, keys[service]?.seed, identities),
    ...(service !== 'edge-guard' && mongoEnv(addresses.mongo, service, identities)),
    ...(addresses.provider !== undefined && { OPENAI_BASE_URL: addresses.provider }),
    ...own[service],
    ...over,
  };
}
