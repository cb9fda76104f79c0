/** Where a release names itself, and how. `{}` stands for a version. Whatever else follows is generated from these. */
const places: readonly (readonly [file: RegExp, text: string])[] = [
  [/(^|\/)package(-lock)?\.json$/, '("name": "(?:vox|@vox/[a-z-]+)",\\s+"version": "){}(?=")'],
  [/^docker-compose\.yml$/, '(image: vox(?:-dev)?:){}$'],
  [/^Dockerfile$/, '(org\\.opencontainers\\.image\\.version=){}$'],
  [/(^|\/)Chart\.yaml$/, '(^version: |^appVersion: "){}(?="?$)'],
  [/^docs\/(containers|kubernetes)\.md$/, '(\\bvox:){}\\b'],
];

/** The files that name a release, as patterns of node:fs globs. */
export const namingFiles = [
  'package.json',
  'package-lock.json',
  '{shared,services}/*/package.json',
  '{widget,console,cli,local,ops,bench}/package.json',
  'docker-compose.yml',
  'Dockerfile',
  'ops/helm/vox/Chart.yaml',
  'docs/{containers,kubernetes}.md',
  'CHANGELOG.md',
];

const escaped = (version: string): string => version.replaceAll('.', '\\.');

/** A list of changes in which what was not released yet belongs to a release of this day. */
function released(changes: string, to: string, day: string): string {
  const heading = '## Unreleased\n';
  if (!changes.includes(heading)) throw new RangeError('CHANGELOG.md has no part "Unreleased": nothing is new');
  return changes.replace(heading, `${heading}\n## ${to}, ${day}\n`);
}

/** The text of a file with another version. Throws RangeError when a file does not name the version that it should. */
export function withVersion(file: string, text: string, release: Readonly<{ from: string; to: string; day: string }>) {
  const { from, to, day } = release;
  if (file === 'CHANGELOG.md') return released(text, to, day);
  const pattern = places.find(([names]) => names.test(file))?.[1];
  if (pattern === undefined) throw new RangeError(`${file} names no version`);
  const changed = text.replace(new RegExp(pattern.replace('{}', escaped(from)), 'gm'), `$1${to}`);
  if (changed === text) throw new RangeError(`${file} does not name ${from}`);
  return changed;
}
