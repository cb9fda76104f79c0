import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serviceNames } from '@vox/contracts';
import type { Stack } from '@vox/local/stack';
import { childEnv, ended, eventually, freePort } from '@vox/testing';
import { parse, stringify } from 'yaml';

const rulesOf = fileURLToPath(new URL('../../ops/observability/rules/', import.meta.url));
type Rule = { alert?: string; record?: string; for?: string };
type Rules = { groups: { name: string; interval?: string; rules: Rule[] }[] };
const files = readdirSync(rulesOf).filter((name) => name.endsWith('.yml'));
const readRules = (name: string): Rules => parse(readFileSync(join(rulesOf, name), 'utf8'));

/** The names of all alerts that our rules can fire. */
export const alertNames = (): string[] =>
  files.flatMap((name) => readRules(name).groups.flatMap(({ rules }) => rules.flatMap(({ alert }) => alert ?? [])));

/** What Prometheus answers to a query: how many series, or why it does not understand it. */
export type Answered = Readonly<{ series: number; error?: string | undefined }>;
export type Prometheus = Readonly<{
  /** The names of the alerts that fire now. */
  firing: () => Promise<string[]>;
  query: (query: string) => Promise<Answered>;
  stop: () => Promise<void>;
}>;

/** A real Prometheus that looks at every copy of a stack each second, with our rules but for their waiting times. */
export async function startPrometheus(binary: string, stack: Pick<Stack, 'services'>): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'vox-prometheus-'));
  mkdirSync(join(folder, 'rules'));
  for (const name of files) {
    const groups = readRules(name).groups.map(({ interval: _often, rules, ...group }) => {
      return { ...group, rules: rules.map(({ for: _long, ...rule }) => rule) };
    });
    writeFileSync(join(folder, 'rules', name), stringify({ groups }));
  }
  const often = { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' };
  const copiesOf = (service: string): string[] =>
    stack.services.flatMap(({ name, privateUrl }) => (name.startsWith(service) ? [new URL(privateUrl).host] : []));
  const scraped = serviceNames.map((job) => ({ job_name: job, static_configs: [{ targets: copiesOf(job) }] }));
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, stringify({ global: often, rule_files: ['rules/*.yml'], scrape_configs: scraped }));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${folder}/data`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = spawn(binary, args, { env: childEnv(process.env), cwd: folder });
  let said = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  await eventually(async () => {
    if (!(await fetch(`${url}/-/ready`)).ok) throw new Error(`Prometheus is not up: ${said}`);
  });
  const asked = async <T>(path: string): Promise<T> => (await (await fetch(`${url}/api/v1/${path}`)).json()) as T;
  return {
    async firing() {
      const { data } = await asked<{ data: { alerts: { state: string; labels: { alertname: string } }[] } }>('alerts');
      return data.alerts.flatMap(({ state, labels }) => (state === 'firing' ? [labels.alertname] : []));
    },
    async query(query) {
      const path = `query?query=${encodeURIComponent(query)}`;
      const { data, error } = await asked<{ data?: { result: unknown[] }; error?: string }>(path);
      return { series: data?.result.length ?? 0, error: error && `${query}: ${error}` };
    },
    async stop() {
      await ended(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
