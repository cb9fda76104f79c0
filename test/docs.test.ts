import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const pages = globSync(['*.md', 'docs/**/*.md', '*/README.md', '{services,shared}/*/README.md'], {
  exclude: ['node_modules/**'],
}).map(normalize);
const sources = globSync('{services,shared,cli,ops,local,bench,widget,console,test}/**/*.{ts,js}', {
  exclude: ['**/node_modules/**'],
}).map(normalize);
const textOf = (page: string): string => readFileSync(page, 'utf8');

/** Where the links of a page lead, as from the root of the repository. */
const targetsOf = (page: string): string[] =>
  [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));

/** Files and folders that a page names in code spans, such as `services/quota/src/main.ts`. */
const namedIn = (page: string): string[] =>
  [...textOf(page).matchAll(/`((?:services|shared|cli|ops|local|bench|test|widget|console|docs)\/[\w./-]+)`/g)].map(
    ([, path = '']) => path,
  );

describe('a page of the repository', () => {
  it.each(pages)('links to files that are there: %s', (page) => {
    expect(targetsOf(page).filter((target) => !existsSync(target))).toEqual([]);
  });
  it.each(pages)('names files that are there: %s', (page) => {
    expect(namedIn(page).filter((path) => !existsSync(path))).toEqual([]);
  });
  it.each(pages)('names ends of paths that are there: %s', (page) => {
    const named = [...textOf(page).matchAll(/`([\w-][\w./-]*\.(?:ts|js))`/g)].map(([, path = '']) => path);
    expect(named.filter((path) => !sources.some((file) => `/${file}`.endsWith(`/${path}`)))).toEqual([]);
  });
  const walks = pages.filter((page) => textOf(page).includes('Paths begin at `services/'));
  it.each(walks)('walks through files of a service that are there: %s', (page) => {
    const steps = [...textOf(page).matchAll(/`([a-z-]+\/[a-z-]+(?:\/[a-z-]+)?\.ts)`/g)].map(([, path = '']) => path);
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.filter((path) => globSync(`services/*/src/${path}`).length === 0)).toEqual([]);
  });
});

describe('the README', () => {
  it('leads to every page of the docs', () => {
    const there = globSync('docs/*.md').map(normalize);
    expect(there.filter((page) => !targetsOf('README.md').includes(page))).toEqual([]);
  });
});

describe('a decision', () => {
  const decisions = globSync('docs/decisions/*/*.md').map(normalize);
  const index = textOf('docs/decisions/README.md');

  it('has a number of its own, and the numbers have no gap', () => {
    const numbers = decisions.map((page) => Number(basename(page).slice(0, 4))).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  });
  it.each(decisions)('says its number, its status and its day, and stands in the index: %s', (page) => {
    const [title, , status] = textOf(page).split('\n');
    expect(title).toMatch(new RegExp(`^# ${Number(basename(page).slice(0, 4))}\\. \\S`));
    expect(status).toMatch(/^Status: (accepted|replaced by \[\d+\]\(\S+\)), \d{4}-\d\d-\d\d\.$/);
    expect(index).toContain(`(${page.replace('docs/decisions/', '')})`);
  });
});
