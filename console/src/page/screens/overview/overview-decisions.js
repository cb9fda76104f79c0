import { withWords } from '../../answers/with-words.js';
import { calendarDay, written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Bars } from '../../parts/bars.js';
import { Table } from '../../parts/table.js';
import { ask } from '../../request.js';
import { locale, t } from '../../words.js';
import { Reasons } from './refused-why.js';

/** @typedef {import('./refused-why.js').Reason} Reason */
/** @typedef {Readonly<{day: string, granted: number, refused: number, reasons: readonly Reason[]}>} Day */

/** @param {readonly Day[]} days @param {'granted' | 'refused'} what */
const barsOf = (days, what) =>
  days.map((each) => ({
    name: calendarDay(locale(), each.day),
    value: each[what],
    text: written(locale(), each[what]),
  }));

/** @param {{days: readonly Day[]}} given */
const Days = ({ days }) => html`${
  days.some(({ refused }) => refused > 0) &&
  html`<${Bars} caption=${t('decisions.refusedByDay')} bars=${barsOf(days, 'refused')} />`
}
  <${Table}
    caption=${t('decisions.title')}
    heads=${[t('usage.day'), t('decisions.granted'), t('decisions.refused'), t('decisions.reasons')]}
    rows=${days
      .toReversed()
      .map((each, at) => [
        html`${calendarDay(locale(), each.day)}${at === 0 && html` <b>${t('overview.today')}</b>`}`,
        written(locale(), each.granted),
        written(locale(), each.refused),
        html`<${Reasons} reasons=${each.reasons} />`,
      ])}
    empty=${t('usage.none')}
  />`;

/** How many calls were granted and refused today and on the seven days before, and why they were refused. */
export function Decisions() {
  const asked = useAsked(() => withWords('refusals', () => ask(o.readDecisions)), [], { resources: ['calls'] });
  return html`<section>
    <h2>${t('decisions.title')}</h2>
    <${Shown} asked=${asked}>${(/** @type {{days: readonly Day[]}} */ { days }) => html`<${Days} days=${days} />`}<//>
  </section>`;
}
