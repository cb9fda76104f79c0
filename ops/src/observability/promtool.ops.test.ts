import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { opsTool } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const folder = fileURLToPath(new URL('../../observability/', import.meta.url));
const promtool = opsTool('promtool', ['--version'], process.env);
const amtool = opsTool('amtool', ['--version'], process.env);

function run(program: string | undefined, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program ?? '', args, { cwd: folder, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}
const files = (pattern: string): string[] => globSync(pattern, { cwd: folder }).sort();

describe.skipIf(promtool === undefined)('Prometheus', { timeout: 120_000 }, () => {
  it('takes the rules', () => {
    const { status, said } = run(promtool, 'check', 'rules', ...files('rules/*.yml'));
    expect(status, said).toBe(0);
  });
  it.each(files('rules/tests/*.yml'))('fires each alert by its cause and is silent otherwise, as %s says', (file) => {
    const { status, said } = run(promtool, 'test', 'rules', file);
    expect(status, said).toBe(0);
  });
  it('takes its configuration, which scrapes the five services at their private port', () => {
    const { status, said } = run(promtool, 'check', 'config', '--syntax-only', 'prometheus.yml');
    expect(status, said).toBe(0);
    const { scrape_configs: jobs } = parse(readFileSync(join(folder, 'prometheus.yml'), 'utf8'));
    const scraped = jobs.flatMap(
      ({ dns_sd_configs: [by] = [] }: { dns_sd_configs?: { names: string[]; port: number }[] }) =>
        by === undefined ? [] : [[by.names[0], by.port]],
    );
    const names = ['edge-guard', 'auth', 'quota', 'session-broker', 'compliance'];
    expect(scraped).toEqual(names.map((name) => [name, 9_090]));
  });
});

describe.skipIf(amtool === undefined)('Alertmanager', () => {
  it('takes its configuration', () => {
    const { status, said } = run(amtool, 'check-config', 'alertmanager.yml');
    expect(status, said).toBe(0);
  });
  it.each([
    ['page', 'pager'],
    ['ticket', 'tickets'],
  ])('sends a %s to its receiver', (severity, receiver) => {
    const routed = ['config', 'routes', 'test', '--config.file=alertmanager.yml', `severity=${severity}`];
    const { status, said } = run(amtool, ...routed, `--verify.receivers=${receiver}`);
    expect(status, said).toBe(0);
  });
});
