import { written } from '../../format.js';
import { html } from '../../html.js';
import { locale, named } from '../../words.js';

/** @typedef {Readonly<{code: string, count: number}>} Reason */

/** Why calls were refused, and how many for each reason. @param {{reasons: readonly Reason[]}} given */
export const Reasons = ({ reasons }) =>
  reasons.length === 0
    ? '–'
    : html`<ul class="plain">
        ${reasons.map(
          ({ code, count }) => html`<li key=${code}>${named('callRefusal', code)}: ${written(locale(), count)}</li>`,
        )}
      </ul>`;
