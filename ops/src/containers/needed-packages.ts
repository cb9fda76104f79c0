import { existsSync, globSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

type Names = Readonly<Record<string, string>>;
type Manifest = Readonly<{ dependencies?: Names; optionalDependencies?: Names; peerDependencies?: Names }>;

/** Where Node finds a package, from a folder upwards. `undefined` where it is not installed. */
function placeOf(name: string, from: string): string | undefined {
  const place = join(from, 'node_modules', name);
  if (existsSync(join(place, 'package.json'))) return place;
  return dirname(from) === from ? undefined : placeOf(name, dirname(from));
}

/** The places of all packages that these folders need to run, those that they need included. */
export function neededBy(folders: readonly string[]): ReadonlySet<string> {
  const needed = new Set<string>();
  const queue = folders.map((folder) => realpathSync(folder));
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    const { dependencies, optionalDependencies, peerDependencies } = manifest;
    // What is not there is optional, or npm would have failed.
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const place = placeOf(name, folder);
      if (place === undefined || needed.has(place)) continue;
      needed.add(place);
      // A workspace is a link to its folder.
      queue.push(realpathSync(place));
    }
  }
  return needed;
}

/**
 * Removes every package under `root` that workspaces do not need to run. npm installs what a workspace needs for
 * development too, when that is another workspace.
 */
export function removeUnneeded(root: string, workspaces: readonly string[]): readonly string[] {
  const needed = neededBy(workspaces.map((workspace) => join(root, workspace)));
  const placed = globSync('**/node_modules/{[!@.]*,@*/*}', { cwd: realpathSync(root) })
    .map((place) => join(realpathSync(root), place))
    .filter((place) => existsSync(join(place, 'package.json')) && /node_modules\/(@[^/]+\/)?[^/]+$/.test(place));
  const unneeded = placed.filter((place) => !needed.has(place));
  for (const place of unneeded) rmSync(place, { recursive: true, force: true });
  return unneeded;
}
