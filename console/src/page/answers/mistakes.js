import { worded } from '../words.js';

// Words that are many and seldom needed: they come with the first refusal that says more than its code.

/** @typedef {import('../request.js').Problem} Problem */

/**
 * What is wrong with a field, as the end of a sentence that begins with its name.
 * @param {import('../request.js').Issue} issue
 */
export const mistakeText = ({ mistake, message, values }) => worded('mistake', mistake, message, values);

/** A refusal by a code that screens seldom meet. @param {Problem} problem */
export const refusedText = ({ code, userMessage }) => worded('rareProblem', code, userMessage);

/** What the server says besides the code. @param {Problem} problem */
export const detailText = ({ reason, detail }) => (detail === undefined ? '' : worded('refusal', reason, `${detail}.`));
