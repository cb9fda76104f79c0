import { globSync, readFileSync } from 'node:fs';
import { normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sources, violations } from './architecture.ts';

const files = globSync(['shared/src/**/*.ts', 'services/*/src/**/*.ts']).map(normalize);
const here: Sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

/** Each rule, and a small house that breaks it and nothing else. */
const broken: Record<string, Record<string, string>> = {
  'rooms import downstream': {
    'services/a/src/decide/x.ts': "import { y } from '../keep/y.ts';",
    'services/a/src/keep/y.ts': 'export const y = 1;',
  },
  'shared imports lower doors': {
    'shared/src/fault/x.ts': "import { y } from '../bus/mod.ts';",
    'shared/src/bus/mod.ts': 'export const y = 1;',
  },
  'doors only': { 'services/a/src/accept/x.ts': "import { y } from '@vox/shared/src/bus/nats.ts';" },
  'services apart': { 'services/a/src/accept/x.ts': "import { y } from '@vox/b/service';" },
  'decisions are pure': { 'services/a/src/decide/x.ts': 'export const x = () => Date.now();' },
  'environment in main only': { 'services/a/src/config.ts': 'export const x = process.env.X;' },
  'subject names in contracts': { 'services/a/src/accept/x.ts': "export const x = 'vox.session.requested';" },
  'no cycles': {
    'shared/src/bus/a.ts': "import { b } from './b.ts';\nexport const a = 1;",
    'shared/src/bus/b.ts': "import { a } from './a.ts';\nexport const b = 1;",
  },
  'files of one thought': { 'shared/src/bus/a.ts': '\n'.repeat(201) },
};

describe('the shape of the house', () => {
  it('stands as its rules say', () => {
    expect(violations(here)).toEqual([]);
  });
  it.each(Object.entries(broken))('is seen to break: %s', (rule, house) => {
    const found = violations(new Map(Object.entries(house)));
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((each) => each.split(':')[0]))).toEqual(new Set([rule]));
  });
});
