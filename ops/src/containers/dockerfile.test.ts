import { globSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { neededBy } from './needed-packages.ts';

const root = realpathSync(fileURLToPath(new URL('../../../', import.meta.url)));

it('the image holds every workspace that a service, the command or the operations need to run', () => {
  const [, ...stages] = readFileSync(join(root, 'Dockerfile'), 'utf8').split(/^FROM /m);
  const stage = (name: string): string => stages.find((each) => each.split('\n')[0]?.endsWith(` AS ${name}`)) ?? '';
  const services = globSync('services/*', { cwd: root });
  const needed = [...neededBy([...services, 'cli', 'ops'].map((folder) => join(root, folder)))]
    .map((place) => relative(root, realpathSync(place)))
    .filter((folder) => !folder.startsWith('node_modules') && !folder.startsWith('services/'));
  expect(needed).toContain('shared/contracts');
  const lacking = needed.filter(
    (folder) =>
      !stage('workspaces').includes(`COPY ${folder}/package.json ${folder}/\n`) ||
      !stage('product').includes(`COPY ${folder} ${folder}\n`),
  );
  expect(lacking).toEqual([]);
});
