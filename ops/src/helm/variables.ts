import type { z } from 'zod';
import { services } from '../docs/configuration.ts';

/**
 * Variables that let whoever has them in. The chart takes them from a Secret alone, so that no values file holds one.
 */
export const secretVariables: readonly string[] = [
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_KMS_CREDENTIALS',
  'AWS_WEB_IDENTITY_TOKEN',
  'BOTID_API_KEY',
  'CODE_PEPPER',
  'CODE_PEPPER_PREVIOUS',
  'MONGODB_URI',
  'NATS_NKEY_SEED',
  'OPENAI_API_KEY',
  'REDIS_URL',
  'SEAL_KEY',
  'SEAL_KEY_PREVIOUS',
  'SECRET_KEY',
  'SECRET_KEY_PREVIOUS',
  'SMTP_URL',
  'TURNSTILE_SECRET_KEY',
  'VAULT_TOKEN',
  'VOX_MASTER_KEY',
];

/** Variables that the chart sets from values of its own. */
export const chartVariables: readonly string[] = [
  'CONSOLE_URL',
  'HOST',
  'MAIL_FROM',
  'MONGODB_CA',
  'NATS_CA',
  'NATS_URL',
  'NODE_ENV',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'PORT',
  'PRIVATE_HOST',
  'PRIVATE_PORT',
  'PUBLIC_ORIGINS',
  'REDIS_CA',
  'STOP_TIMEOUT_SECONDS',
  'TRUSTED_PROXIES',
];

/** Variables that OpenTelemetry itself reads. OTEL_EXPORTER_OTLP_HEADERS is none of them: it may hold a token. */
export const telemetryVariables: readonly string[] = [
  'OTEL_BSP_SCHEDULE_DELAY',
  'OTEL_EXPORTER_OTLP_TIMEOUT',
  'OTEL_LOG_LEVEL',
  'OTEL_RESOURCE_ATTRIBUTES',
  'OTEL_TRACES_EXPORTER',
  'OTEL_TRACES_SAMPLER',
  'OTEL_TRACES_SAMPLER_ARG',
];

/** Every variable of a service and what it is for. */
export const variablesOf = (service: string): ReadonlyMap<string, z.ZodType> =>
  new Map(Object.entries(services[service]?.schema.shape ?? {}) as [string, z.ZodType][]);
