import { building } from './de/building.js';
import { entering } from './de/entering.js';
import { firstCall } from './de/first-call.js';
import { governing } from './de/governing.js';
import { palette } from './de/palette.js';
import { running } from './de/running.js';

/** Everything that the console says, in German. @type {import('../words.js').Messages} */
export const de = { ...entering, ...running, ...building, ...governing, ...palette, ...firstCall };
