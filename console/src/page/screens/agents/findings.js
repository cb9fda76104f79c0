import { html } from '../../html.js';
import { named, t, worded } from '../../words.js';

/**
 * What the linter says: how grave, where, in words, and by its code.
 * @param {{findings: readonly any[]}} given
 */
export const Findings = ({ findings }) =>
  findings.length === 0
    ? html`<span class="state done">${t('tools.clean')}</span>`
    : html`<ul class="findings">
        ${findings.map(
          ({ level, place, message, rule, mistake, values }) => html`<li>
            <span class=${level === 'error' ? 'state missing' : 'state advised'}>${named('findingLevel', level)}</span>
            ${' '}<code class="whole">${place}</code>: ${worded('toolMistake', mistake, message, values)} <code class="whole">${rule}</code>
          </li>`,
        )}
      </ul>`;
