import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { namingFiles, withVersion } from './versions.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const textOf = (file: string): string => readFileSync(`${root}${file}`, 'utf8');
const { version: from } = JSON.parse(textOf('package.json')) as { version: string };
const release = { from, to: '77.8.9', day: '2030-01-02' };
const files = globSync(namingFiles, { cwd: root });

describe('a release', () => {
  it.each(files.filter((file) => file !== 'CHANGELOG.md'))('is named in %s, and the last one no more', (file) => {
    const changed = withVersion(file, textOf(file), release);
    expect(changed).toContain('77.8.9');
    const names = new RegExp(`vox(-dev)?:${from}|ersion(=|: |": )"?${from}`);
    // A package of somebody else may have the same version.
    if (file !== 'package-lock.json') expect(changed).not.toMatch(names);
  });
  it('is named for every workspace in the lock file, and for no other package', () => {
    const file = JSON.parse(withVersion('package-lock.json', textOf('package-lock.json'), release));
    const before = JSON.parse(textOf('package-lock.json'));
    for (const [path, { version }] of Object.entries(file.packages) as [string, { version?: string }][]) {
      const isOurs = path === '' || (!path.includes('node_modules') && version !== undefined);
      expect(version, path).toBe(isOurs ? '77.8.9' : before.packages[path].version);
    }
  });
  it('gets what was not released yet in the list of changes, under its day', () => {
    const changed = withVersion(
      'CHANGELOG.md',
      '# Changes\n\n## Unreleased\n\n- One.\n\n## 0.9.0, 2026-11-29\n',
      release,
    );
    expect(changed).toBe('# Changes\n\n## Unreleased\n\n## 77.8.9, 2030-01-02\n\n- One.\n\n## 0.9.0, 2026-11-29\n');
  });
  it('is refused where a file does not name the last one, or nothing is new', () => {
    expect(() => withVersion('Dockerfile', 'FROM x\n', release)).toThrow(`Dockerfile does not name ${from}`);
    expect(() => withVersion('CHANGELOG.md', '# Changes\n', release)).toThrow('nothing is new');
  });
});
