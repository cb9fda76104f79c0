import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pages } from './pages.ts';

const root = new URL('../../../', import.meta.url);
for (const [path, make] of Object.entries(pages)) {
  writeFileSync(fileURLToPath(new URL(path, root)), make());
  process.stdout.write(`${path}\n`);
}
