import { building } from './de/building.js';
import { entering } from './de/entering.js';
import { governing } from './de/governing.js';
import { running } from './de/running.js';

/** Everything that the console says, in German. @type {import('../words.js').Messages} */
export const de = { ...entering, ...running, ...building, ...governing };
