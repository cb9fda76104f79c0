import { building } from './de/building.js';
import { entering } from './de/entering.js';
import { governing } from './de/governing.js';
import { palette } from './de/palette.js';
import { pastCalls } from './de/past-calls.js';
import { running } from './de/running.js';
import { singleSignOn } from './de/single-sign-on.js';
import { webhooks } from './de/webhooks.js';

/** Everything that the console says, in German. @type {import('../words.js').Messages} */
export const de = {
  ...entering,
  ...running,
  ...building,
  ...governing,
  ...palette,
  ...pastCalls,
  ...webhooks,
  ...singleSignOn,
};
