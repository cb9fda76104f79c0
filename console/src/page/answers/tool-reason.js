import { named, worded } from '../words.js';

/**
 * Why a tool was not run, or gave no answer of use. What befalls any request on its way is in the list of those.
 * @param {string} reason
 */
export const toolReason = (reason) => worded('egress', reason, named('toolReason', reason));
