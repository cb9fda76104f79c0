import { building } from './en/building.js';
import { entering } from './en/entering.js';
import { governing } from './en/governing.js';
import { palette } from './en/palette.js';
import { pastCalls } from './en/past-calls.js';
import { running } from './en/running.js';
import { singleSignOn } from './en/single-sign-on.js';
import { webhooks } from './en/webhooks.js';

/** Everything that the console says, in English. Other languages say the same keys. */
export const en = {
  ...entering,
  ...running,
  ...building,
  ...governing,
  ...palette,
  ...pastCalls,
  ...webhooks,
  ...singleSignOn,
};
