import { calendarDay, dollars, duration, written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Bars } from '../../parts/bars.js';
import { Table } from '../../parts/table.js';
import { ask } from '../../request.js';
import { zone } from '../../state.js';
import { dayAfter, dayIn, perDay } from '../../usage-days.js';
import { locale, t } from '../../words.js';

/** @typedef {import('../../usage-days.js').DayOfUse} DayOfUse */

/** The days of this week so far, and as many as a week before, with today at the end of each. */
const span = 8;

/** @param {DayOfUse} day */
const figures = ({ sessions, seconds, tokens, micros }) => [
  written(locale(), sessions),
  duration(seconds),
  written(locale(), tokens),
  dollars(locale(), micros),
];

/** @param {{days: readonly DayOfUse[]}} given */
const Days = ({ days }) => html`${
  days.some(({ sessions }) => sessions > 0) &&
  html`<${Bars}
    caption=${t('overview.callsByDay')}
    bars=${days.map((each) => ({ name: calendarDay(locale(), each.day), value: each.sessions, text: written(locale(), each.sessions) }))}
  />`
}
  <${Table}
    caption=${t('overview.byDay')}
    heads=${[t('usage.day'), t('usage.calls'), t('usage.time'), t('usage.tokens'), t('usage.dollars')]}
    rows=${days
      .toReversed()
      .map((each, at) => [
        html`${calendarDay(locale(), each.day)}${at === 0 && html` <b>${t('overview.today')}</b>`}${
          at === span - 1 && html` <b>${t('overview.weekAgo')}</b>`
        }`,
        ...figures(each),
      ])}
    empty=${t('usage.none')}
  />`;

/** What settled calls used today, beside the same day of last week and the days between. */
export function Today() {
  const today = dayIn(zone.value, Date.now());
  const from = dayAfter(today, 1 - span);
  const asked = useAsked(() => ask(o.readUsage, { from, to: today, by: 'day', limit: 200 }), [from], {
    resources: ['calls'],
  });
  return html`<section>
    <h2>${t('overview.todayTitle')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { rows }) => html`<${Days} days=${perDay(rows, from, today)} />`}
    <//>
  </section>`;
}
