import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { opsTool } from '@vox/testing';
import { parseAllDocuments } from 'yaml';

export const chart = fileURLToPath(new URL('../../ops/helm/vox', import.meta.url));
export const helm = opsTool('helm', ['version', '--short'], process.env);

/** Of what the schemas are; Helm built from its sources takes the chart for that of an old cluster without it. */
const kubernetes = '1.37.2';

/** The values that the chart is tried with, by name. */
export const valuesFiles = globSync(`${chart}/ci/*-values.yaml`).map((path) => ({
  name: basename(path, '-values.yaml'),
  path,
}));

/** An object of Kubernetes, as far as the tests look into it. */
export type Manifest = Readonly<{
  apiVersion: string;
  kind: string;
  metadata: Readonly<{ name: string; labels?: Labels; annotations?: Labels }>;
  // biome-ignore lint/suspicious/noExplicitAny: kubeconform has checked its shape.
  spec: any;
  data?: Readonly<Record<string, string>>;
}>;
export type Labels = Readonly<Record<string, string>>;

export type Ran = Readonly<{ status: number | null; stdout: string; stderr: string }>;

export const run = (program: string, args: readonly string[], input?: string): Ran =>
  spawnSync(program, [...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...(input !== undefined && { input }),
  });

/** Runs Helm on the chart with values, and with more of them as `key=value`. */
export const helmRun = (command: 'lint' | 'template', values: readonly string[], ...more: readonly string[]): Ran =>
  run(helm ?? 'helm', [
    ...['--kube-version', kubernetes],
    ...(command === 'lint' ? ['lint', chart, '--strict'] : ['template', 'vox', chart, '--namespace', 'voice']),
    ...values.flatMap((path) => ['--values', path]),
    ...more.flatMap((each) => ['--set', each]),
  ]);

export function textOf(values: readonly string[], ...more: readonly string[]): string {
  const { status, stdout, stderr } = helmRun('template', values, ...more);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

export const manifestsOf = (text: string): Manifest[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as Manifest | null)
    .filter((manifest) => manifest !== null);

/** What the values of that name make. */
export function rendered(name: string): Manifest[] {
  const { path = '' } = valuesFiles.find((each) => each.name === name) ?? {};
  return manifestsOf(textOf([path]));
}

export type Pod = Readonly<{
  owner: string;
  labels: Labels;
  // biome-ignore lint/suspicious/noExplicitAny: kubeconform has checked its shape.
  spec: any;
}>;

/** The pods that Deployments and Jobs make. */
export const podsOf = (manifests: readonly Manifest[]): Pod[] =>
  manifests
    .filter(({ kind }) => ['Deployment', 'Job'].includes(kind))
    .map(({ metadata, spec }) => ({
      owner: metadata.name,
      labels: spec.template.metadata.labels,
      spec: spec.template.spec,
    }));

export const componentOf = (labels: Labels = {}): string => labels['app.kubernetes.io/component'] ?? '';
