import { z } from 'zod';
import { certificates, environment, flag, positive } from './kinds.ts';
import type { ConfigRule } from './read-config.ts';
import { httpUrl, mongoUrl, urls } from './urls.ts';

/** What every service reads. */
export const serviceSettings = {
  NODE_ENV: environment(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  LOG_PERSONAL_DATA: flag().default(false).describe('keeps log keys that have a pii segment'),
  PRIVATE_HOST: z.string().default('127.0.0.1').describe('where /livez, /startupz, /readyz and /metrics are served'),
  PRIVATE_PORT: positive(65_535).default(9_090),
  STOP_TIMEOUT_SECONDS: positive(60).default(10).describe('longest time from SIGTERM to the exit'),
  // OpenTelemetry itself reads these and all other OTEL_* variables. A misdirected exporter fails in silence, so they
  // are checked here.
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl().optional().describe('where traces go, by OTLP; without it they go nowhere'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl().optional().describe('the same for traces alone, with its path'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .enum(['grpc', 'http/protobuf', 'http/json'], 'must be grpc, http/protobuf or http/json')
    .optional()
    .describe('how; http/protobuf where it is unset'),
  TRACES_SLOW_MS: positive(600_000)
    .default(2_000)
    .describe(
      'where OTEL_TRACES_SAMPLER (traceidratio or parentbased_traceidratio) chooses some traces, the part of a trace in this process is sent besides when a span of it failed or took this long',
    ),
};

/** How a service reaches the bus. */
export const busSettings = {
  NATS_URL: urls({ schemes: ['nats', 'tls'] }).describe('servers, parted by commas, such as nats://127.0.0.1:4222'),
  NATS_CA: certificates()
    .optional()
    .describe(
      'the authority, in PEM, whose certificates the servers must show; with it, or with tls:// in NATS_URL, nothing is sent without TLS',
    ),
  NATS_NKEY_SEED: z
    .string()
    .regex(/^SU[A-Z2-7]{50,60}$/, 'must be the seed of a user nkey (SU…)')
    .optional()
    .describe('proves to the servers which service speaks; required in production'),
};

/** How streams and buckets are made. */
export const bootstrapSettings = {
  ...busSettings,
  NATS_NKEY_SEED: busSettings.NATS_NKEY_SEED.describe(
    'of the bootstrap identity, who alone may make and change streams',
  ),
  NATS_REPLICAS: positive(5).default(1).describe('copies of each stream and bucket; 3 in a cluster'),
};

/** How a service reaches its own database. */
export const storeSettings = (database: string) => ({
  MONGODB_URI: mongoUrl().describe('with user and password; options such as directConnection are passed on'),
  MONGODB_CA: certificates()
    .optional()
    .describe(
      'the authority, in PEM, whose certificate the server must show; with it, or with tls=true in MONGODB_URI, nothing is sent without TLS',
    ),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/)
    .default(database),
  MONGODB_TIMEOUT_MS: positive(60_000).default(2_000).describe('longest wait for one answer of the store'),
});

type Given = Readonly<Record<string, string>>;
const inProduction = (given: Given): boolean => (given.NODE_ENV ?? 'production') === 'production';

/** A rule that names are set where NODE_ENV is production. */
export const requiredInProduction =
  (...names: readonly string[]): ConfigRule =>
  (given) =>
    inProduction(given)
      ? names.filter((name) => given[name] === undefined).map((name) => `${name}: is required in production`)
      : [];

/** A rule that a switch is off where NODE_ENV is production. */
export const refusedInProduction =
  (...names: readonly string[]): ConfigRule =>
  (given) =>
    inProduction(given)
      ? names
          .filter((name) => ['true', '1'].includes(given[name] ?? ''))
          .map((name) => `${name}: is refused in production`)
      : [];
