import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));

/** What a tenant's project has besides the widget. */
const others = ['altcha-lib', 'react', 'react-dom', '@types/react', 'csstype'];

/** The project of a tenant in a folder of its own, which has the widget as it is published. */
export type Project = Readonly<{ folder: string; files: readonly string[]; close: () => Promise<void> }>;

/** Packs the widget as it would be published, and installs that in a new project. */
export async function projectWithWidget(): Promise<Project> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'vox-project-')));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, '@vox/widget');
  await mkdir(installed, { recursive: true });
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', pack, { cwd: join(root, 'widget') });
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }];
  await run('tar', ['-xzf', join(folder, packed.filename), '-C', installed, '--strip-components', '1']);
  await mkdir(join(modules, '@types'));
  for (const name of others) await symlink(join(root, 'node_modules', name), join(modules, name));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'shop', private: true, type: 'module' }));
  const files = packed.files.map(({ path }) => path);
  return { folder, files, close: () => rm(folder, { recursive: true }) };
}
