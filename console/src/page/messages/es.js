import { building } from './es/building.js';
import { entering } from './es/entering.js';
import { firstCall } from './es/first-call.js';
import { governing } from './es/governing.js';
import { palette } from './es/palette.js';
import { running } from './es/running.js';

/** Everything that the console says, in Spanish. @type {import('../words.js').Messages} */
export const es = { ...entering, ...running, ...building, ...governing, ...palette, ...firstCall };
