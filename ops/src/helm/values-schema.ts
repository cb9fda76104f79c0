import { consumers } from '@vox/contracts';
import { services } from '../docs/configuration.ts';
import { chartVariables, secretVariables, telemetryVariables, variablesOf } from './variables.ts';

type Schema = Readonly<Record<string, unknown>>;

const object = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = (pattern?: string): Schema => ({ type: 'string', ...(pattern !== undefined && { pattern }) });
const given = (pattern = '.'): Schema => text(pattern);
const list = (items: Schema, minItems = 0): Schema => ({ type: 'array', items, minItems });
const oneOf = (...values: readonly string[]): Schema => ({ enum: values });
const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
const flag: Schema = { type: 'boolean' };
/** What Kubernetes itself checks. */
const anyObject: Schema = { type: 'object' };
const texts: Schema = { type: 'object', additionalProperties: { type: 'string' } };

const origin = '^https?://[^/?#]+$';
const network = '^[0-9A-Fa-f.:]+/[0-9]+$';
const host = '^[a-z0-9*]([a-z0-9.-]*[a-z0-9])?$';
const nameOf = (what: string): Schema => ({ ...given('^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'), description: what });

const resources = object({ requests: anyObject, limits: anyObject }, ['requests', 'limits']);
/** Not done messages of consumers of the service itself. */
const lagOf = (service: string): Schema => {
  const own = Object.values(consumers).filter((consumer) => consumer.service === service);
  const names = list(oneOf(...own.map(({ name }) => name)), 1);
  return object({ enabled: flag, metric: given(), consumers: names, perCopy: given('^[1-9][0-9]*$') });
};

/** Settings by name, each a string. A secret is none of them, nor what the chart sets itself. */
function environmentOf(service: string): Schema {
  const known = [...variablesOf(service).keys(), ...telemetryVariables];
  const own = known.filter((name) => !secretVariables.includes(name) && !chartVariables.includes(name));
  return object(Object.fromEntries([...new Set(own)].sort().map((name) => [name, text()])));
}

function serviceOf(name: string): Schema {
  const hears = name !== 'edge-guard';
  const secrets = secretVariables.filter((each) => variablesOf(name).has(each));
  return object(
    {
      existingSecret: nameOf('a Secret with a key for each secret variable'),
      secretVariables: list(oneOf(...secrets)),
      env: environmentOf(name),
      replicas: whole(1, 1_000),
      autoscaling: object(
        { enabled: flag, replicasMax: whole(1, 1_000), cpuPercent: whole(1, 100), ...(hears && { lag: lagOf(name) }) },
        ['enabled', 'replicasMax', 'cpuPercent'],
      ),
      resources,
    },
    ['existingSecret', 'replicas', 'autoscaling', 'resources'],
  );
}

/** Peers of a NetworkPolicy. None at all would let in or out whoever wants. */
const peers = list(anyObject, 1);
const ports = list(whole(1, 65_535), 1);
const reached = object({ peers, ports }, ['peers', 'ports']);
const open = object({ ports }, ['ports']);

const networkPolicy = object({
  enabled: flag,
  publicFrom: list(anyObject),
  metricsFrom: peers,
  dns: peers,
  nats: reached,
  mongodb: reached,
  redis: reached,
  collector: reached,
  internet: peers,
  provider: open,
  web: open,
  mail: object({ peers: list(anyObject), ports }, ['ports']),
  botVerifiers: open,
  kms: object({ peers: list(anyObject), ports }, ['ports']),
});

const monitoring = object({
  serviceMonitor: object({ enabled: flag, interval: given('^[0-9]+(ms|s|m)$'), labels: texts }),
  prometheusRule: object({ enabled: flag, labels: texts }),
  dashboards: object({ enabled: flag, labels: texts }),
});

/** A route needs somewhere to come from and a host. */
const whenEnabled = (schema: Schema, ...needed: readonly string[]): Schema => ({
  ...schema,
  if: { properties: { enabled: { const: true } } },
  // biome-ignore lint/suspicious/noThenProperty: it is the keyword of JSON Schema.
  then: { properties: Object.fromEntries(needed.map((name) => [name, { minItems: 1 }])) },
});

/**
 * The schema of the chart's values. The variables of each service are those of its configuration, so that Helm refuses
 * one that nobody reads, and a secret that stands in a values file.
 */
export function valuesSchema(): object {
  const root = object(
    {
      global: anyObject,
      image: object({
        repository: given(),
        tag: text(),
        digest: text('^(sha256:[0-9a-f]{64})?$'),
        pullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
      }),
      imagePullSecrets: list(anyObject),
      publicOrigins: list(given(origin), 1),
      consoleUrl: text('^(https?://.+)?$'),
      mailFrom: given('^[^@\\s]+@[^@\\s]+$'),
      trustedProxies: list(given(network), 1),
      nats: object({ url: given('^(nats|tls)://'), replicas: whole(1, 5) }, ['url', 'replicas']),
      authorities: object({ existingConfigMap: text(), nats: text(), mongodb: text(), redis: text() }),
      telemetry: object({ collector: text('^(https?://.+)?$') }),
      stopTimeoutSeconds: whole(8, 60),
      services: object(
        Object.fromEntries(Object.keys(services).map((name) => [name, serviceOf(name)])),
        Object.keys(services),
      ),
      bus: object({
        enabled: flag,
        existingSecret: nameOf('a Secret with the NATS_NKEY_SEED of the bootstrap identity'),
        lose: list(given()),
        resources,
      }),
      service: object({
        type: oneOf('ClusterIP', 'LoadBalancer', 'NodePort'),
        port: whole(1, 65_535),
        annotations: texts,
      }),
      ingress: whenEnabled(
        object({ enabled: flag, className: text(), annotations: texts, hosts: list(given(host)), tlsSecret: text() }),
        'hosts',
      ),
      gateway: whenEnabled(
        object({ enabled: flag, parentRefs: list(anyObject), hosts: list(given(host)) }),
        'parentRefs',
        'hosts',
      ),
      networkPolicy,
      monitoring,
      podAnnotations: texts,
      nodeSelector: texts,
      tolerations: list(anyObject),
      priorityClassName: text(),
      topologySpread: object({
        keys: list(given(), 1),
        whenUnsatisfiable: oneOf('ScheduleAnyway', 'DoNotSchedule'),
      }),
    },
    ['publicOrigins', 'mailFrom', 'trustedProxies', 'nats', 'services'],
  );
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Values of the VOX chart', ...root };
}
