import { building } from './es/building.js';
import { entering } from './es/entering.js';
import { governing } from './es/governing.js';
import { palette } from './es/palette.js';
import { pastCalls } from './es/past-calls.js';
import { running } from './es/running.js';
import { singleSignOn } from './es/single-sign-on.js';
import { webhooks } from './es/webhooks.js';

/** Everything that the console says, in Spanish. @type {import('../words.js').Messages} */
export const es = {
  ...entering,
  ...running,
  ...building,
  ...governing,
  ...palette,
  ...pastCalls,
  ...webhooks,
  ...singleSignOn,
};
