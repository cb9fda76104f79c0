import { readFileSync } from 'node:fs';
import { newAuthority } from '@vox/ops/certificates';
import { chartVariables, telemetryVariables } from '@vox/ops/chart-variables';
import { services } from '@vox/ops/configuration';
import { newServiceKey } from '@vox/platform/bus';
import { bootstrapSettings, readConfig } from '@vox/platform/config';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { componentOf, helm, type Manifest, type Pod, podsOf, rendered, valuesFiles } from './chart.fixture.ts';

const names = helm === undefined ? [] : valuesFiles.map(({ name }) => name);
const all = new Map(names.map((name) => [name, rendered(name)]));
const manifestsOf = (name: string): Manifest[] => all.get(name) ?? [];
const pods = names.flatMap((name) =>
  podsOf(manifestsOf(name)).map((pod) => ({ title: `${name}: ${pod.owner}`, ...pod })),
);
const containerOf = ({ spec }: Pod) => spec.containers[0];
type Variable = Readonly<{ name: string; value: string }>;
const settingsOf = (pod: Pod) =>
  services[componentOf(pod.labels)] ?? { schema: z.object(bootstrapSettings), rules: [] };

const bytes = Buffer.alloc(32, 7).toString('base64');
const { certificate } = await newAuthority('test', Date.now());
/** What stands in the files that the chart mounts. */
const samples: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['NATS_CA', 'MONGODB_CA', 'REDIS_CA'].map((name) => [name, certificate])),
  ...Object.fromEntries(
    ['SEAL_KEY', 'SECRET_KEY', 'CODE_PEPPER', 'CODE_PEPPER_PREVIOUS', 'VOX_MASTER_KEY'].map((name) => [name, bytes]),
  ),
  NATS_NKEY_SEED: newServiceKey().seed,
  MONGODB_URI: 'mongodb://user:password@mongo.example/',
  REDIS_URL: 'rediss://user:password@redis.example',
  SMTP_URL: 'smtps://user:password@mail.example:465',
  OPENAI_API_KEY: 'given',
  TURNSTILE_SECRET_KEY: 'given',
};

describe.skipIf(!helm)('a pod of the chart', () => {
  it.each(pods)('runs one process as a user without rights, on a file system that it cannot write: $title', (pod) => {
    expect(pod.spec.containers).toHaveLength(1);
    expect(pod.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const shared of ['hostNetwork', 'hostPID', 'hostIPC', 'shareProcessNamespace'])
      expect(pod.spec[shared], shared).toBeUndefined();
    expect(containerOf(pod).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it.each(pods)('asks for what it needs and gets no more than its limits: $title', (pod) => {
    const { requests, limits } = containerOf(pod).resources;
    for (const kind of ['cpu', 'memory']) {
      expect(requests[kind], kind).toBeDefined();
      expect(limits[kind], kind).toBeDefined();
    }
  });

  it.each(pods)('is given only settings that it knows, and can start with them: $title', (pod) => {
    const { schema, rules } = settingsOf(pod);
    const given = (containerOf(pod).env as Variable[]).map(({ name, value }) => {
      const base = name.replace(/_FILE$/, '');
      return [base, base === name ? value : samples[base]] as const;
    });
    const known = [...Object.keys(schema.shape), ...telemetryVariables];
    expect(given.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([]);
    expect(new Set(given.map(([name]) => name)).size).toBe(given.length);
    expect(() => readConfig(schema, Object.fromEntries(given), rules)).not.toThrow();
  });

  it.each(pods)('has its secrets from files of a Secret, and none in a variable: $title', (pod) => {
    const { env, envFrom, volumeMounts } = containerOf(pod);
    expect(envFrom).toBeUndefined();
    const volumes = new Map(pod.spec.volumes.map((volume: { name: string }) => [volume.name, volume]));
    const keys = (volumes.get('secrets') as { secret: { items: { key: string }[] } }).secret.items.map(
      ({ key }) => key,
    );
    const fromFiles = (env as Variable[]).filter(({ value }) => value.startsWith('/secrets/'));
    expect(fromFiles.map(({ name, value }) => [name, value]).sort()).toEqual(
      keys.map((key) => [`${key}_FILE`, `/secrets/${key}`]).sort(),
    );
    for (const mount of volumeMounts) expect(mount).toMatchObject({ readOnly: true });
  });
});

describe.skipIf(!helm)('the chart of VOX', () => {
  it('wants of each Secret the keys that docs/kubernetes.md lists', () => {
    const rows = [...readFileSync('docs/kubernetes.md', 'utf8').matchAll(/^\| `(vox-[a-z-]+)` +\| ([^|]+?) +\|$/gm)];
    const documented = rows.map(([, secret, keys = '']) => [secret, keys.replaceAll('`', '').split(', ')]);
    const wanted = podsOf(manifestsOf('least')).map(({ spec }) => {
      const { secretName, items } = spec.volumes.find(({ name }: { name: string }) => name === 'secrets').secret;
      return [secretName, items.map(({ key }: { key: string }) => key)];
    });
    expect(documented.sort()).toEqual(wanted.sort());
  });

  it.each(names)('makes no Secret and writes nothing that looks like one, with %s values', (name) => {
    expect(manifestsOf(name).filter(({ kind }) => kind === 'Secret')).toEqual([]);
    const text = JSON.stringify(
      manifestsOf(name).filter(({ kind }) => !['ConfigMap', 'PrometheusRule'].includes(kind)),
    );
    expect(text).not.toMatch(/S[UAO][A-Z2-7]{50}|sk-[A-Za-z0-9]|-----BEGIN|:\/\/[^"/]*:[^"/]*@/);
  });

  it.each(names)(
    'runs each service with probes and a time to stop that is longer than its own, with %s values',
    (name) => {
      const deployments = manifestsOf(name).filter(({ kind }) => kind === 'Deployment');
      expect(deployments.map(({ metadata }) => componentOf(metadata.labels)).sort()).toEqual(
        Object.keys(services).sort(),
      );
      for (const { spec } of deployments) {
        const { terminationGracePeriodSeconds, containers } = spec.template.spec;
        const [{ startupProbe, readinessProbe, livenessProbe, env, command }] = containers;
        expect([startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => httpGet)).toEqual(
          ['/startupz', '/readyz', '/livez'].map((path) => ({ path, port: 'private' })),
        );
        const stop = env.find((each: Variable) => each.name === 'STOP_TIMEOUT_SECONDS').value;
        expect(terminationGracePeriodSeconds).toBeGreaterThan(Number(stop));
        expect(command[0]).toBe('node');
        expect(spec.strategy.rollingUpdate.maxUnavailable).toBe(0);
      }
    },
  );

  it.each(names)('keeps copies of a service apart and lets one of them go at a time, with %s values', (name) => {
    const manifests = manifestsOf(name);
    for (const service of Object.keys(services)) {
      const own = manifests.filter(({ metadata }) => componentOf(metadata.labels) === service);
      const deployment = own.find(({ kind }) => kind === 'Deployment');
      const selector = deployment?.spec.selector;
      expect(own.find(({ kind }) => kind === 'PodDisruptionBudget')?.spec).toMatchObject({
        maxUnavailable: 1,
        selector,
      });
      const spread = deployment?.spec.template.spec.topologySpreadConstraints;
      expect(spread.map(({ topologyKey }: { topologyKey: string }) => topologyKey)).toContain('kubernetes.io/hostname');
      for (const { labelSelector } of spread) expect(labelSelector).toEqual(selector);
      // Either the one or the other says how many there are.
      const scaler = own.find(({ kind }) => kind === 'HorizontalPodAutoscaler');
      expect(deployment?.spec.replicas === undefined).toBe(scaler !== undefined);
    }
  });

  it('scales by CPU and, where it is asked to, by what a consumer has not done', () => {
    const scalers = manifestsOf('full').filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
    const metricsOf = (service: string) =>
      scalers.find(({ metadata }) => componentOf(metadata.labels) === service)?.spec.metrics;
    expect(metricsOf('edge-guard')).toHaveLength(1);
    expect(metricsOf('quota')[0].resource.name).toBe('cpu');
    expect(metricsOf('quota')[1].external).toEqual({
      metric: {
        name: 'vox_bus_lag',
        selector: { matchExpressions: [{ key: 'consumer', operator: 'In', values: ['quota-requests'] }] },
      },
      target: { type: 'AverageValue', averageValue: '50' },
    });
  });

  it('takes from its own values each variable that a values file may not set', () => {
    const given = new Set(
      podsOf(manifestsOf('full')).flatMap((pod) =>
        (containerOf(pod).env as Variable[]).map(({ name }) => name.replace(/_FILE$/, '')),
      ),
    );
    expect(chartVariables.filter((name) => !given.has(name))).toEqual([]);
  });
});
