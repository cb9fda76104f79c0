import { usedUpAtMs } from '../forecast.js';
import { amount } from '../format.js';
import { html } from '../html.js';
import { locale, named, t } from '../words.js';
import { Table } from './table.js';
import { At } from './text.js';

/** How much of a limit is gone, as a bar with the figures beside it. @param {{row: any}} given */
function Used({ row: { limit, used, reserved, inForce } }) {
  const gone = used + reserved;
  const text = amount(locale(), limit, gone);
  if (inForce === null || inForce === 0) return text;
  const share = Math.min(1, gone / inForce);
  const label = t('limit.share', { percent: Math.floor(share * 100) });
  return html`<meter min="0" max="1" high="0.8" optimum="0" value=${share} aria-label=${label}>${label}</meter> ${text}`;
}

/** @param {number | undefined} ms */
const momentOf = (ms) => (ms === undefined ? null : new Date(ms).toISOString());

/** What remains of the budgets of one kind of caller. @param {{kind: string, budget: readonly any[]}} given */
export const BudgetTable = ({ kind, budget }) => html`<${Table}
  caption=${named('identity', kind)}
  heads=${[t('limit.limit'), t('limit.used'), t('limit.reserved'), t('limit.inForce'), t('limit.remaining'), t('limit.forecast'), t('limit.resets')]}
  rows=${budget.map((row) => [
    named('limit', row.limit),
    html`<${Used} row=${row} />`,
    amount(locale(), row.limit, row.reserved),
    row.inForce === null ? t('limit.unbound') : amount(locale(), row.limit, row.inForce),
    row.remaining === null ? '–' : amount(locale(), row.limit, row.remaining),
    html`<${At} at=${momentOf(usedUpAtMs(row, Date.now()))} />`,
    html`<${At} at=${row.resetsAt} />`,
  ])}
  empty=${t('limit.empty')}
/>`;
