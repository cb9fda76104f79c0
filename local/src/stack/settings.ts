import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Env } from './process.ts';
import type { Keys } from './servers.ts';

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

/** Where services reach what they need over the network. */
export type Addresses = Readonly<Record<'nats' | 'redis' | 'mongo', string>> &
  Readonly<{
    /** Where the provider is reached. Left out, it is OpenAI. */
    provider?: string | undefined;
    /** Where mails are taken, as SMTP_URL. */
    mail: string;
  }>;

export type SettingsSource = Readonly<{
  addresses: Addresses;
  keys: Keys;
  secret: string;
  apiKey: string;
  /** How many copies of edge-guard there are. */
  doors: number;
  over: Env;
}>;

/** The environment of one service, as in production but for TLS. */
export function settingsOf(service: string, { addresses, keys, secret, apiKey, doors, over }: SettingsSource): Env {
  const own: Readonly<Record<string, Env>> = {
    auth: {
      ...{ SEAL_KEY: secret, CODE_PEPPER: secret },
      ...{
        SMTP_URL: addresses.mail,
        CONSOLE_URL: 'http://127.0.0.1:8080',
        SMTP_PLAIN: 'true',
        MAIL_FROM: 'vox@localhost.localdomain',
      },
    },
    compliance: over.VOX_MASTER_KEY_FILE === undefined ? { VOX_MASTER_KEY: secret } : {},
    'session-broker': { SEAL_KEY: secret, OPENAI_API_KEY: apiKey },
    'edge-guard': {
      ...{ SECRET_KEY: secret, REDIS_URL: addresses.redis, ALLOW_HTTP: 'true' },
      EXPECTED_COPIES: String(doors),
    },
  };
  return {
    NODE_ENV: 'production',
    NATS_URL: addresses.nats,
    NATS_NKEY_SEED: keys[service]?.seed ?? '',
    MONGODB_URI: addresses.mongo,
    ...(addresses.provider !== undefined && { OPENAI_BASE_URL: addresses.provider }),
    ...own[service],
    ...over,
  };
}
