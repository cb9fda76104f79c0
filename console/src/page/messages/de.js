import { building } from './de/building.js';
import { entering } from './de/entering.js';
import { governing } from './de/governing.js';
import { palette } from './de/palette.js';
import { running } from './de/running.js';
import { secrets } from './de/secrets.js';
import { tools } from './de/tools.js';

/** Everything that the console says, in German. @type {import('../words.js').Messages} */
export const de = { ...entering, ...running, ...building, ...governing, ...palette, ...secrets, ...tools };
