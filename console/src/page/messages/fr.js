import { building } from './fr/building.js';
import { entering } from './fr/entering.js';
import { governing } from './fr/governing.js';
import { palette } from './fr/palette.js';
import { pastCalls } from './fr/past-calls.js';
import { running } from './fr/running.js';
import { singleSignOn } from './fr/single-sign-on.js';
import { webhooks } from './fr/webhooks.js';

/** Everything that the console says, in French. @type {import('../words.js').Messages} */
export const fr = {
  ...entering,
  ...running,
  ...building,
  ...governing,
  ...palette,
  ...pastCalls,
  ...webhooks,
  ...singleSignOn,
};
