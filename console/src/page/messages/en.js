import { building } from './en/building.js';
import { entering } from './en/entering.js';
import { firstCall } from './en/first-call.js';
import { governing } from './en/governing.js';
import { palette } from './en/palette.js';
import { running } from './en/running.js';

/** Everything that the console says, in English. Other languages say the same keys. */
export const en = { ...entering, ...running, ...building, ...governing, ...palette, ...firstCall };
