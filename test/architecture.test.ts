import { globSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleNames, type Sources, violations } from './architecture.ts';

const files = globSync(['shared/*/src/**/*.ts', 'services/*/src/**/*.ts']).map(normalize);
const here: Sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

const one = 'export const one = 1;';
/** Each rule, and small houses that break it and nothing else. */
const broken: readonly (readonly [rule: string, fixture: Record<string, string>])[] = [
  [
    'rooms import downstream',
    { 'services/a/src/decide/x.ts': "import { one } from '../keep/y.ts';", 'services/a/src/keep/y.ts': one },
  ],
  [
    'rooms import downstream',
    { 'services/a/src/keep/x.ts': "import { one } from '../publish/y.ts';", 'services/a/src/publish/y.ts': one },
  ],
  [
    'rooms import downstream',
    { 'services/a/src/publish/x.ts': "import { one } from '../accept/y.ts';", 'services/a/src/accept/y.ts': one },
  ],
  [
    'rooms import downstream',
    { 'services/a/src/publish/x.ts': "import { one } from '../decide/y.ts';", 'services/a/src/decide/y.ts': one },
  ],
  ['rooms import downstream', { 'services/a/src/decide/x.ts': "import { z } from 'zod';" }],
  ['no clock of its own', { 'services/a/src/main.ts': "import { systemClock } from '@vox/platform/time';" }],
  ['no clock of its own', { 'services/a/src/keep/x.ts': 'export const now = () => Date.now();' }],
  ['rooms import downstream', { 'services/a/src/decide/x.ts': "import { repeat } from '@vox/platform/time';" }],
  ['rooms import downstream', { 'services/a/src/keep/x.ts': "import { natsBus } from '@vox/platform/bus';" }],
  ['rooms import downstream', { 'services/a/src/publish/x.ts': "import { parseWith } from '@vox/platform/http';" }],
  [
    'shared imports lower doors',
    { 'shared/platform/src/fault/x.ts': "import { one } from '../bus/mod.ts';", 'shared/platform/src/bus/mod.ts': one },
  ],
  [
    'shared imports lower doors',
    {
      'shared/platform/src/bus/x.ts': "import { one } from '../time/clock.ts';",
      'shared/platform/src/time/clock.ts': one,
    },
  ],
  ['doors only', { 'services/a/src/accept/x.ts': "import { y } from '@vox/platform/src/bus/nats.ts';" }],
  ['services apart', { 'services/a/src/accept/x.ts': "import { y } from '@vox/b/service';" }],
  [
    'services apart',
    { 'services/a/src/main.ts': "import { one } from '../../b/src/main.ts';", 'services/b/src/main.ts': one },
  ],
  ['services apart', { 'shared/platform/src/bus/x.ts': "import type { Y } from '@vox/b/service';" }],
  ...['Date.now()', 'new Date()', 'Math.random()', 'performance.now()', 'process.uptime()', 'console.log(1)'].map(
    (call) => ['decisions are pure', { 'services/a/src/decide/x.ts': `export const x = () => ${call};` }] as const,
  ),
  ['environment in main only', { 'services/a/src/config.ts': 'export const x = process.env.X;' }],
  ['subject names in contracts', { 'services/a/src/accept/x.ts': "export const x = 'vox.session.requested';" }],
  ['subject names in contracts', { 'shared/platform/src/bus/x.ts': 'export const x = `vox.ask.quota.y`;' }],
  ['instruments in one registry', { 'services/a/src/keep/x.ts': "export const x = metrics.getMeter('vox');" }],
  ['instruments in one registry', { 'shared/platform/src/bus/x.ts': 'export const x = meter.createHistogram(name);' }],
  [
    'no cycles',
    {
      'shared/platform/src/bus/a.ts': "import { b } from './b.ts';\nexport const a = 1;",
      'shared/platform/src/bus/b.ts': "import { c } from './c.ts';\nexport const b = 1;",
      'shared/platform/src/bus/c.ts': "import { a } from './a.ts';\nexport const c = 1;",
    },
  ],
  ['files of one thought', { 'shared/platform/src/bus/a.ts': '\n'.repeat(201) }],
];

describe('the shape of the fixture', () => {
  it('stands as its rules say', () => {
    expect(violations(here)).toEqual([]);
  });
  it('has an example for each of its rules', () => {
    expect(new Set(broken.map(([rule]) => rule))).toEqual(new Set(ruleNames));
  });
  it.each(broken)('is seen to break: %s by %j', (rule, fixture) => {
    const found = violations(new Map(Object.entries(fixture)));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((each) => each.split(':')[0]))).toEqual(new Set([rule]));
  });
});
