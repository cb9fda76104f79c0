import { globSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { opensLines, ownWays } from './outside.ts';
import { isTest, type Sources } from './sources.ts';
import { ruleNames, violations } from './violations.ts';

const workspaces = ['shared/*', 'services/*', 'cli', 'ops', 'local', 'bench', 'console'];
const sources = workspaces.flatMap((each) => [`${each}/src/**/*.ts`, `${each}/package.json`]);
const browser = ['widget/src/**/*.js', 'console/src/page/**/*.js', 'widget/package.json'];
const files = globSync([...sources, ...browser, 'test/**/*.ts']).map(normalize);
const repository: Sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

const one = 'export const one = 1;';
const importing = (to: string): string => `import { one } from '${to}';`;
const typing = (to: string): string => `import type { One } from '${to}';`;
const packed = (name: string, dependencies: readonly string[], exports = {}): string =>
  JSON.stringify({ name, dependencies: Object.fromEntries(dependencies.map((each) => [each, '*'])), exports });
const platform = packed('@vox/platform', [], { './time': '', './bus': '', './http': '' });

type Example = readonly [rule: string, sources: Record<string, string>];
/** An import from one file of a service to another, of which the second is there. */
const arrow = (rule: string, from: string, to: string, text = importing): Example => {
  const steps = from.split('/').length - 1;
  return [
    rule,
    { [`services/a/src/${from}`]: text(`${'../'.repeat(steps) || './'}${to}`), [`services/a/src/${to}`]: one },
  ];
};
const opening = (rule: string, from: string, to: string): Example => [
  rule,
  { [`services/a/src/${from}`]: importing(to), 'shared/platform/package.json': platform },
];

/** Each rule, and small repositories that break it and nothing else. */
const broken: readonly Example[] = [
  arrow('rooms import downstream', 'calls/command/x.ts', 'calls/accept/y.ts'),
  arrow('rooms import downstream', 'calls/decide/x.ts', 'calls/keep/y.ts'),
  arrow('rooms import downstream', 'calls/decide.ts', 'calls/keep.ts'),
  arrow('rooms import downstream', 'calls/decide/x.ts', 'calls/keep/y.ts', typing),
  arrow('rooms import downstream', 'calls/keep/x.ts', 'calls/publish/y.ts'),
  arrow('rooms import downstream', 'calls/publish/x.ts', 'calls/command/y.ts'),
  arrow('rooms import downstream', 'calls/publish/x.ts', 'calls/decide/y.ts'),
  arrow('rooms import downstream', 'calls/accept/x.ts', 'calls/publish/y.ts'),
  arrow('rooms import downstream', 'decide/x.ts', 'keep/y.ts'),
  opening('rooms import downstream', 'calls/decide/x.ts', 'zod'),
  opening('rooms import downstream', 'calls/decide/x.ts', '@vox/platform/time'),
  opening('rooms import downstream', 'calls/keep/x.ts', '@vox/platform/bus'),
  opening('rooms import downstream', 'calls/publish/x.ts', '@vox/platform/http'),
  arrow('domains by their doors', 'calls/command/x.ts', 'slots/command/y.ts'),
  arrow('domains by their doors', 'calls/command/x.ts', 'slots/keep/y.ts', typing),
  arrow('rooms know no wiring', 'calls/command/x.ts', 'service.ts'),
  arrow('rooms know no wiring', 'command/x.ts', 'dependencies.ts', typing),
  [
    'no circle of domains',
    {
      'services/a/src/calls/mod.ts': "export { x } from './command/x.ts';",
      'services/a/src/calls/command/x.ts': importing('../../slots/mod.ts'),
      'services/a/src/slots/mod.ts': one,
      'services/a/src/slots/keep/y.ts': typing('../../calls/mod.ts'),
    },
  ],
  [
    'the platform opens lower doors',
    { 'shared/platform/src/fault/x.ts': importing('../bus/mod.ts'), 'shared/platform/src/bus/mod.ts': one },
  ],
  [
    'the platform opens lower doors',
    { 'shared/platform/src/bus/x.ts': importing('../time/clock.ts'), 'shared/platform/src/time/clock.ts': one },
  ],
  [
    'packages list what they import',
    { 'cli/src/x.ts': importing('commander'), 'cli/package.json': packed('@vox/cli', ['zod']) },
  ],
  [
    'packages list what they import',
    {
      'shared/contracts/src/x.ts': importing('pino'),
      'shared/contracts/package.json': packed('@vox/contracts', ['pino']),
    },
  ],
  [
    'packages list what they import',
    {
      'local/src/x.ts': importing('@vox/testing'),
      'local/package.json': packed('@vox/local', []),
      'shared/testing/package.json': packed('@vox/testing', [], { '.': '' }),
    },
  ],
  ['packages by their doors', { 'services/a/src/main.ts': importing('@vox/platform/src/bus/nats.ts') }],
  ['packages by their doors', { 'cli/src/main.ts': importing('../../ops/src/x.ts'), 'ops/src/x.ts': one }],
  [
    'packages by their doors',
    { 'cli/src/main.ts': "const it = await import('../../ops/src/x.ts');", 'ops/src/x.ts': one },
  ],
  [
    'services apart',
    {
      'services/a/src/main.ts': importing('@vox/b/service'),
      'services/b/package.json': packed('@vox/b', [], { './service': '' }),
    },
  ],
  [
    'no clock of its own',
    {
      'services/a/src/main.ts': "import { systemClock } from '@vox/platform/time';",
      'shared/platform/package.json': platform,
    },
  ],
  [
    'services apart',
    {
      'shared/platform/src/bus/x.ts': typing('@vox/b/service'),
      'services/b/package.json': packed('@vox/b', [], { './service': '' }),
    },
  ],
  [
    'testing in tests alone',
    {
      'cli/src/x.ts': importing('@vox/testing'),
      'shared/testing/package.json': packed('@vox/testing', [], { '.': '' }),
    },
  ],
  ['no clock of its own', { 'services/a/src/calls/keep/x.ts': 'export const now = () => Date.now();' }],
  ...['Date.now()', 'new Date()', 'Math.random()', 'performance.now()', 'process.uptime()', 'console.log(1)'].map(
    (call): Example => [
      'decisions are pure',
      { 'services/a/src/calls/decide/x.ts': `export const x = () => ${call};` },
    ],
  ),
  ['environment in main only', { 'services/a/src/config.ts': 'export const x = process.env.X;' }],
  ['subject names in contracts', { 'services/a/src/calls/accept/x.ts': "export const x = 'vox.session.requested';" }],
  ['subject names in contracts', { 'shared/platform/src/bus/x.ts': 'export const x = `vox.ask.quota.y`;' }],
  ...[
    "export const x = () => fetch('https://a.example/');",
    "import { request } from 'node:https';",
    "import { type IncomingMessage, request } from 'node:http';",
    "import { isIP, connect } from 'node:net';",
    "import * as tls from 'node:tls';",
    "import { lookup } from 'node:dns/promises';",
    "import { Agent } from 'undici';",
    "const { request } = await import('undici');",
    "import WebSocket from 'ws';",
    'export const x = new WebSocket(url);',
    "import { MongoClient } from 'mongodb';",
    'export const x = globalThis.fetch;',
  ].map((text): Example => ['one door to the outside', { 'services/a/src/calls/publish/x.ts': text }]),
  ['instruments in one registry', { 'services/a/src/calls/keep/x.ts': "export const x = metrics.getMeter('vox');" }],
  ['instruments in one registry', { 'shared/platform/src/bus/x.ts': 'export const x = meter.createHistogram(name);' }],
  [
    'no circle of files',
    {
      'shared/platform/src/bus/a.ts': importing('./b.ts'),
      'shared/platform/src/bus/b.ts': typing('./c.ts'),
      'shared/platform/src/bus/c.ts': importing('./a.ts'),
    },
  ],
  ['fixtures in tests alone', { 'cli/src/a.ts': importing('./b.fixture.ts'), 'cli/src/b.fixture.ts': one }],
  ['files of one thought', { 'shared/platform/src/bus/a.ts': '\n'.repeat(201) }],
  ['comments within 120 columns', { 'cli/src/a.ts': `/** ${'word '.repeat(24)}*/` }],
  ['comments within 120 columns', { 'cli/src/a.ts': `  // ${'word '.repeat(24)}` }],
  ['comments within 120 columns', { 'widget/src/a.js': `  // ${'word '.repeat(24)}` }],
  ['files of one thought', { 'console/src/page/a.js': '\n'.repeat(201) }],
  ['tests of one thought', { 'test/a.test.ts': '\n'.repeat(301) }],
  ['titles that stand alone', { 'test/a.test.ts': `${'it'}('and nothing else', () => undefined);` }],
  ['titles that stand alone', { 'test/a.test.ts': `${'it'}.each([1])('… again', () => undefined);` }],
  [
    'halls of at most 20 files',
    Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`services/a/src/calls/command/x${n}.ts`, one])),
  ],
];

describe('the plan of the repository', () => {
  it('holds everywhere', () => {
    expect(violations(repository)).toEqual([]);
  });
  it('lets nobody reach other machines by a way of its own who has none', () => {
    const opening = [...repository]
      .filter(([name, text]) => !isTest(name) && opensLines(name, text))
      .map(([name]) => name);
    const known = Object.keys(ownWays);
    expect(known.filter((each) => !opening.some((name) => name === each || name.startsWith(each)))).toEqual([]);
  });
  it('has an example for each of its rules', () => {
    expect(new Set(broken.map(([rule]) => rule))).toEqual(new Set(ruleNames));
  });
  it.each(broken)('shows a breach of its rule: %s (%#)', (rule, example) => {
    const found = violations(new Map(Object.entries(example)));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((each) => each.split(':')[0]))).toEqual(new Set([rule]));
  });
});
