import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version as from } from '@vox/platform/lifecycle';
import { namingFiles, withVersion } from './versions.ts';

// Names the next release everywhere: VERSION, such as 0.10.0. `npm run docs` then writes the generated pages again.
const [to = ''] = process.argv.slice(2);
if (!/^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(to)) {
  process.stderr.write('release: say the version, such as 0.10.0\n');
  process.exit(1);
}
const root = fileURLToPath(new URL('../../../', import.meta.url));
const day = new Date().toISOString().slice(0, 10);
const texts = globSync(namingFiles, { cwd: root }).map((file) => {
  const text = readFileSync(join(root, file), 'utf8');
  return [file, withVersion(file, text, { from, to, day })] as const;
});
// Nothing is written before every file is known to be in order.
for (const [file, text] of texts) writeFileSync(join(root, file), text);
process.stdout.write(`${from} → ${to} in ${texts.length} files. Next: npm run docs, make test, and the tag v${to}\n`);
