import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { kubernetesSchemas, opsTool } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { helm, helmRun, manifestsOf, rendered, run, textOf, valuesFiles } from './chart.fixture.ts';

const kubeconform = opsTool('kubeconform', ['-v'], process.env);
const schemas = kubernetesSchemas(process.env);
const schemaLocation = `${schemas}/{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json`;
/** Runs kubeconform on manifests. A kind without a schema is a mistake. */
const conform = (text: string) =>
  run(kubeconform ?? '', ['-strict', '-summary', '-output', 'json', '-schema-location', schemaLocation, '-'], text);
const least = valuesFiles.filter(({ name }) => name === 'least').map(({ path }) => path);

describe.skipIf(!helm)('the chart', () => {
  it.each(valuesFiles)('passes helm lint with $name values', ({ path }) => {
    const { status, stdout, stderr } = helmRun('lint', [path]);
    expect(stdout + stderr).not.toMatch(/\[(ERROR|WARNING)\]/);
    expect(status).toBe(0);
  });

  it('is refused without what must be given, and the refusal names it', () => {
    const { status, stderr } = helmRun('template', []);
    expect(status).not.toBe(0);
    for (const name of ['publicOrigins', 'mailFrom', 'trustedProxies', 'nats']) expect(stderr).toContain(name);
  });

  it.each([
    ['a secret in the values', 'services.auth.env.SEAL_KEY=AAAA'],
    ['a variable that the service does not read', 'services.quota.env.MAX_SESION_MINUTES=5'],
    ['a value that nobody knows', 'networkPolicies.enabled=true'],
    ['an ingress without a host', 'ingress.enabled=true'],
  ])('is refused with %s', (_what, set) => {
    const { status, stderr } = helmRun('template', least, set);
    expect(status).not.toBe(0);
    expect(stderr).toContain(set.split(/[.=]/).find((part) => stderr.includes(part)));
    expect(stderr).toMatch(/values don't meet the specifications of the schema/);
  });

  it('runs the release that it belongs to, or the digest that it is given', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const imagesOf = (text: string) =>
      new Set(
        manifestsOf(text).flatMap(({ spec }) =>
          (spec?.template?.spec.containers ?? []).map(({ image }: { image: string }) => image),
        ),
      );
    expect(imagesOf(textOf(least))).toEqual(new Set([`vox:${version}`]));
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(imagesOf(textOf(least, `image.digest=${digest}`))).toEqual(new Set([`vox@${digest}`]));
  });

  it('applies the layout of the bus before anything else, and names the losses that are allowed', () => {
    const [job] = rendered('full').filter(({ kind }) => kind === 'Job');
    expect(job?.metadata.annotations?.['helm.sh/hook']).toBe('pre-install,pre-upgrade');
    expect(job?.spec.template.spec.containers[0]).toMatchObject({
      command: ['node', 'cli/src/main.ts', 'bus', 'apply'],
      args: ['--lose', 'VOX_DEAD'],
    });
    // Before an installation there is nothing else of the chart that it could use.
    expect(job?.spec.template.spec.serviceAccountName).toBeUndefined();
  });

  it('brings every alert and every dashboard of ops/observability', () => {
    const manifests = rendered('full');
    const rules = globSync('ops/observability/rules/*.yml').map((path) => parse(readFileSync(path, 'utf8')) as object);
    const applied = manifests.filter(({ kind }) => kind === 'PrometheusRule').map(({ spec }) => spec);
    expect(new Set(applied)).toEqual(new Set(rules));
    expect(applied.length).toBeGreaterThan(0);
    const dashboards = Object.fromEntries(
      globSync('ops/observability/grafana/dashboards/*.json').map((path) => [
        basename(path),
        readFileSync(path, 'utf8'),
      ]),
    );
    const shown = manifests.filter(({ metadata }) => metadata.labels?.grafana_dashboard === '1');
    expect(Object.assign({}, ...shown.map(({ data }) => data))).toEqual(dashboards);
    expect(Object.keys(dashboards).length).toBeGreaterThan(0);
  });
});

describe.skipIf(!helm || !kubeconform || !schemas)('what the chart makes', () => {
  it.each(valuesFiles)('is what Kubernetes takes, field by field, with $name values', ({ path }) => {
    const { status, stdout } = conform(textOf([path]));
    expect(JSON.parse(stdout)).toMatchObject({ resources: [], summary: { invalid: 0, errors: 0, skipped: 0 } });
    expect(JSON.parse(stdout).summary.valid).toBeGreaterThan(10);
    expect(status).toBe(0);
  });
  it('would be refused with a field that Kubernetes does not know', () => {
    expect(conform(textOf(least).replaceAll('readinessProbe:', 'readynessProbe:')).status).not.toBe(0);
  });
});
