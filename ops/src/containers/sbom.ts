import { globSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { type Bill, billOf, type Installed } from './bill-of-materials.ts';

// Reads the bill of materials of the lock file (`npm sbom`) and writes that of what is installed here.
const whole = JSON.parse(await text(process.stdin)) as Bill;
const installed = globSync('**/node_modules/{[!@.]*,@*/*}/package.json')
  .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Installed)
  .filter(({ name }) => !name.startsWith('@vox/'));
process.stdout.write(JSON.stringify(billOf(whole, installed)));
