import { removeUnneeded } from './needed-packages.ts';

// Removes packages that workspaces do not need to run: the names of their folders.
const removed = removeUnneeded('.', process.argv.slice(2));
process.stdout.write(`${removed.length} packages were removed that nobody needs to run\n`);
