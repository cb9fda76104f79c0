import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { voxCommand } from '@vox/cli/commands';
import { instruments, prometheusNameOf } from '@vox/platform/telemetry';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { dashboards } from './dashboards.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const filesOf = (pattern: string): string[] => globSync(pattern, { cwd: root }).sort();
const textOf = (file: string): string => readFileSync(`${root}/${file}`, 'utf8');

type Rule = Readonly<{
  alert?: string;
  record?: string;
  expr: string;
  labels?: { severity: string };
  annotations?: { runbook_url: string };
}>;
type RuleTest = Readonly<{
  promql_expr_test: readonly { exp_samples?: readonly { labels: string; value: number }[] }[];
}>;
const ruleFiles = filesOf('ops/observability/rules/*.yml');
const rules = ruleFiles.flatMap((file) =>
  (parse(textOf(file)) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
);
const alerts = rules.flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, name: rule.alert }]));
const runbooks = filesOf('docs/runbooks/*.md').filter((file) => basename(file) !== 'README.md');
const ruleTests = filesOf('ops/observability/rules/tests/*.yml');
const panels = Object.entries(dashboards).flatMap(([name, { panels: each }]) =>
  each.map((panel) => [`${name}: ${panel.title}`, panel] as const),
);

const partsOf = (histogram: string): string[] => ['_bucket', '_count', '_sum'].map((part) => histogram + part);
/** The labels of each series that Prometheus sees. A histogram is seen by three names and never by its own. */
const shown = new Map(
  instruments().flatMap((each) => {
    const name = prometheusNameOf(each);
    return (each.kind === 'histogram' ? partsOf(name) : [name]).map((series) => [series, each.labels] as const);
  }),
);
/** Of libraries. docs/metrics.md names them. */
const libraryMetrics = {
  http_server_request_duration_seconds: ['http_route', 'http_response_status_code'],
  http_client_request_duration_seconds: ['server_address'],
  db_client_connection_count: [],
};
const ofLibraries = new Set(Object.keys(libraryMetrics).flatMap((name) => [name, ...partsOf(name)]));
/** Labels that Prometheus adds, and the bound of a bucket. */
const added = ['le', 'job', 'instance'];
const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
const unknownIn = (text: string): string[] => [
  ...[...text.matchAll(/\bvox_[a-z0-9_]+/g)].map(([name]) => name).filter((name) => !shown.has(name)),
  ...[...text.matchAll(/\b(?:http|db)_(?:server|client)_[a-z_]+/g)]
    .map(([name]) => name)
    .filter((name) => !ofLibraries.has(name)),
  ...[...text.matchAll(/\bvox:[a-z0-9_:]+/g)].map(([name]) => name).filter((name) => !recorded.has(name)),
];
/** The labels that a query asks for of a metric, and the values that it wants of them. */
const labelsIn = (expr: string) =>
  [...expr.matchAll(/\b(vox_[a-z0-9_]+)\{([^}]*)\}/g)].flatMap(([, metric = '', matchers = '']) =>
    [...matchers.matchAll(/([a-z_]+)(=~|!~|!=|=)"([^"]*)"/g)].map(([, label = '', how = '', value = '']) => ({
      labels: shown.get(metric) ?? {},
      ...{ label, values: how.endsWith('~') ? value.split('|') : [value] },
    })),
  );
/** Labels that a query sums by, and that none of its metrics has. */
const oddGroupsIn = (expr: string): string[] => {
  const known = new Set([
    ...added,
    ...[...expr.matchAll(/\bvox_[a-z0-9_]+/g)].flatMap(([name]) => Object.keys(shown.get(name) ?? {})),
    ...Object.entries(libraryMetrics).flatMap(([name, labels]) => (expr.includes(name) ? labels : [])),
  ]);
  const groups = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, labels = '']) => labels.split(/\s*,\s*/));
  return groups.filter((label) => !known.has(label));
};
const oddLabelsIn = (expr: string): string[] => [...oddGroupsIn(expr), ...oddValuesIn(expr)];
const oddValuesIn = (expr: string): string[] =>
  labelsIn(expr).flatMap(({ labels, label, values }) => {
    if (added.includes(label)) return [];
    const known = labels[label];
    if (known === undefined) return [label];
    // Names from the configuration stand in no list.
    if (known.configured !== undefined) return [];
    return values.filter((value) => !known.values.some((each) => new RegExp(`^(?:${value})$`).test(each)));
  });

describe('a metric that is named', () => {
  it.each(panels)('in a panel is one that a service shows, with labels and values that it has: %s', (_name, panel) => {
    for (const { expr } of panel.queries) expect([...unknownIn(expr), ...oddLabelsIn(expr)]).toEqual([]);
  });
  it('in a rule is one that a service shows, with labels and values that it has', () => {
    expect(rules.length).toBeGreaterThan(30);
    for (const { expr } of rules) expect([...unknownIn(expr), ...oddLabelsIn(expr)], expr).toEqual([]);
  });
  it.each([...runbooks, ...ruleTests])('in a page or a test of rules is one that a service shows: %s', (file) =>
    expect(unknownIn(textOf(file))).toEqual([]),
  );
  it('without being there is found', () => {
    expect(unknownIn('rate(vox_gone_total[5m]) + vox:gone:ratio + vox_bus_lag')).toEqual([
      'vox_gone_total',
      'vox:gone:ratio',
    ]);
    expect(oddLabelsIn('sum by (stream) (vox_bus_lag{consumer="nobody", tenant="acme"})')).toEqual([
      'stream',
      'nobody',
      'tenant',
    ]);
  });
});

/** What fires in some test of the rules. */
const fired = ruleTests.flatMap((file) =>
  (parse(textOf(file)) as { tests: RuleTest[] }).tests
    .flatMap((test) => test.promql_expr_test.flatMap(({ exp_samples: samples = [] }) => samples))
    .flatMap(({ labels, value }) => (value > 0 ? [labels] : [])),
);

describe('an alert', () => {
  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    'has a severity, a test and a runbook: %s',
    (name, alert) => {
      expect(['page', 'ticket']).toContain(alert.labels?.severity);
      expect(alert.annotations?.runbook_url).toBe(`docs/runbooks/${name}.md`);
      expect(runbooks).toContain(`docs/runbooks/${name}.md`);
      expect(fired).toContain(`{alertname="${name}", severity="${alert.labels?.severity}"}`);
      expect(textOf('docs/runbooks/README.md').replaceAll(/ +/g, ' ')).toContain(
        `| [${name}](${name}.md) | ${alert.labels?.severity} |`,
      );
    },
  );
  it('has a name of its own', () => {
    expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length);
  });
});

describe('a runbook', () => {
  const vox = voxCommand({
    ask: async () => Promise.reject(new Error('nobody is asked')),
    ...{
      actor: 'operator:test',
      requestId: 'r1',
      say: () => undefined,
      note: () => undefined,
      print: async () => undefined,
    },
  });
  const reachBus = ['bus diff', 'bus apply'];
  it.each(runbooks)(
    'is of an alert, and says what it means, why it matters, how to see it, what to do and when it is over: %s',
    (file) => {
      expect(alerts.map(({ name }) => name)).toContain(basename(file, '.md'));
      expect([...textOf(file).matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
        'What it means',
        'Why it matters',
        'How to see',
        'What to do',
        'How one knows that it is over',
      ]);
    },
  );
  it.each(runbooks)('names services of Compose that there are: %s', (file) => {
    const { services } = parse(textOf('docker-compose.yml'));
    for (const [, words = ''] of textOf(file).matchAll(/`docker compose (?:up|restart|logs|exec)((?: [^`]+)?)`/g)) {
      const given = words.replaceAll(/--since \S+|--scale|-d|=\S+| node .*/g, ' ').split(/\s+/);
      const named = given.filter((word) => word !== '' && !word.startsWith('<'));
      expect(Object.keys(services)).toEqual(expect.arrayContaining(named));
    }
  });
  it.each(runbooks)('names commands of vox and make that there are: %s', (file) => {
    for (const [, noun = '', verb = ''] of textOf(file).matchAll(/npx vox ([a-z-]+)(?: ([a-z][a-z-]*))?/g)) {
      if (reachBus.includes(`${noun} ${verb}`)) continue;
      const command = vox.commands.find((each) => each.name() === noun);
      expect(command, `${noun} ${verb}`).toBeDefined();
      if (verb !== '')
        expect(
          command?.commands.map((each) => each.name()),
          noun,
        ).toContain(verb);
    }
    for (const [, target = ''] of textOf(file).matchAll(/`make ([a-z-]+)/g))
      expect(textOf('Makefile')).toMatch(new RegExp(`^${target}:`, 'm'));
  });
});
