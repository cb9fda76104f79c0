import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { note, skipped } from './report.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where `make test-ops` keeps what it got. */
export const toolsFolder = (env: Env): string =>
  env.VOX_OPS_TOOLS ?? join(env.XDG_CACHE_HOME ?? join(env.HOME ?? homedir(), '.cache'), 'vox-ops-tools');

/**
 * The path of a program that checks what operators get, such as `helm`: from the PATH, or from the folder of
 * `make test-ops`. `askVersion` are the arguments that make it say its version. When there is none, returns `undefined`
 * and reports it; with REQUIRE_SERVERS=1 that is an error.
 */
export function opsTool(name: string, askVersion: readonly string[], env: Env): string | undefined {
  const folder = join(toolsFolder(env), 'bin');
  const places = [...(env.PATH ?? '').split(delimiter), folder].map((place) => join(place, name));
  const path = places.find((place) => existsSync(place));
  if (path === undefined)
    return skipped(name, `neither the PATH nor ${folder} has ${name} (\`make test-ops\` gets it)`, env);
  note({ kind: 'server', what: name, version: versionOf(path, askVersion), from: path }, env);
  return path;
}

/** What was noted when it was built, or what it says itself in its first line; the next ones are about its compiler. */
function versionOf(path: string, askVersion: readonly string[]): string {
  const noted = `${path}.version`;
  if (existsSync(noted)) return readFileSync(noted, 'utf8').trim();
  const { stdout, stderr } = spawnSync(path, [...askVersion], { encoding: 'utf8' });
  const [first = ''] = `${stdout}${stderr}`.split('\n', 1);
  return /v?\d{1,4}\.\d{1,4}\.\d{1,4}[\w.+-]{0,40}/.exec(first)?.[0] ?? 'of an unknown version';
}

/** The folder of the schemas of Kubernetes objects, as `make test-ops` made them, reported as a program is. */
export function kubernetesSchemas(env: Env): string | undefined {
  const folder = join(toolsFolder(env), 'schemas-now');
  if (existsSync(join(folder, '.complete'))) return folder;
  return skipped('schemas of Kubernetes', `${folder} is not there (\`make test-ops\` makes it)`, env);
}
