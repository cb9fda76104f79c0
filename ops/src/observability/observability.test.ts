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
  annotations?: { runbook: string };
}>;
const ruleFiles = filesOf('ops/observability/rules/*.yml');
const rules = ruleFiles.flatMap((file) =>
  (parse(textOf(file)) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
);
const alerts = rules.flatMap((rule) => (rule.alert === undefined ? [] : [{ ...rule, name: rule.alert }]));
const runbooks = filesOf('docs/runbooks/*.md');
const panels = Object.entries(dashboards).flatMap(([name, { panels: each }]) =>
  each.map((panel) => [`${name}: ${panel.title}`, panel] as const),
);

/** A histogram has three names besides its own. */
const shown = new Set(
  instruments().flatMap((each) => {
    const name = prometheusNameOf(each);
    return each.kind === 'histogram' ? ['_bucket', '_count', '_sum'].map((part) => name + part) : [name];
  }),
);
const recorded = new Set(rules.flatMap(({ record }) => record ?? []));
const unknownIn = (text: string): string[] => [
  ...[...text.matchAll(/\bvox_[a-z0-9_]+/g)].map(([name]) => name).filter((name) => !shown.has(name)),
  ...[...text.matchAll(/\bvox:[a-z0-9_:]+/g)].map(([name]) => name).filter((name) => !recorded.has(name)),
];
/** The labels that a query asks for of a metric, and the values that it wants of them. */
const labelsIn = (expr: string) =>
  [...expr.matchAll(/\b(vox_[a-z0-9_]+)\{([^}]*)\}/g)].flatMap(([, metric = '', matchers = '']) =>
    [...matchers.matchAll(/([a-z_]+)(=~|!~|!=|=)"([^"]*)"/g)].map(([, label = '', how = '', value = '']) => ({
      labels: instruments().find((each) => metric.startsWith(prometheusNameOf(each)))?.labels ?? {},
      ...{ label, values: how.endsWith('~') ? value.split('|') : [value] },
    })),
  );
const oddLabelsIn = (expr: string): string[] =>
  labelsIn(expr).flatMap(({ labels, label, values }) => {
    if (['le', 'job', 'instance'].includes(label)) return [];
    const known = labels[label]?.values;
    if (known === undefined) return [label];
    return values.filter((value) => !known.some((each) => new RegExp(`^(?:${value})$`).test(each)));
  });

describe('a metric that is named', () => {
  it.each(panels)('in a panel is one that a service shows, with labels and values that it has: %s', (_name, panel) => {
    for (const { expr } of panel.queries) expect([...unknownIn(expr), ...oddLabelsIn(expr)]).toEqual([]);
  });
  it('in a rule is one that a service shows, with labels and values that it has', () => {
    expect(rules.length).toBeGreaterThan(30);
    for (const { expr } of rules) expect([...unknownIn(expr), ...oddLabelsIn(expr)], expr).toEqual([]);
  });
  it.each([...runbooks, ...filesOf('ops/observability/rules/tests/*.yml')])(
    'in a page or a test of rules is one that a service shows: %s',
    (file) => expect(unknownIn(textOf(file))).toEqual([]),
  );
  it('without being there is found', () => {
    expect(unknownIn('rate(vox_gone_total[5m]) + vox:gone:ratio + vox_bus_lag')).toEqual([
      'vox_gone_total',
      'vox:gone:ratio',
    ]);
    expect(oddLabelsIn('vox_bus_lag{consumer="nobody", tenant="acme"}')).toEqual(['nobody', 'tenant']);
  });
});

describe('an alert', () => {
  it.each(alerts.map((alert) => [alert.name, alert] as const))(
    'has a severity, a test and a runbook: %s',
    (name, alert) => {
      expect(['page', 'ticket']).toContain(alert.labels?.severity);
      expect(alert.annotations?.runbook).toBe(`docs/runbooks/${name}.md`);
      expect(runbooks).toContain(`docs/runbooks/${name}.md`);
      const tests = filesOf('ops/observability/rules/tests/*.yml').map(textOf).join('\n');
      expect(tests).toContain(`alertname="${name}", severity="${alert.labels?.severity}"`);
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
  it.each(runbooks)('is of an alert, and says what it means, how to see and what to do: %s', (file) => {
    expect(alerts.map(({ name }) => name)).toContain(basename(file, '.md'));
    expect([...textOf(file).matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'What it means',
      'How to see',
      'What to do',
    ]);
  });
  it.each(runbooks)('names commands of vox and make that there are: %s', (file) => {
    for (const [, noun = '', verb = ''] of textOf(file).matchAll(/npx vox ([a-z-]+) ?([a-z-]*)/g)) {
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
