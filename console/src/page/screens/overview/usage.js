import { facts } from '../../facts.js';
import { calendarDay, dollars, duration, written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Bars } from '../../parts/bars.js';
import { CsvButton } from '../../parts/csv.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { me, zone } from '../../state.js';
import { dayAfter, dayIn, dayTyped, perDay } from '../../usage-days.js';
import { locale, named, t } from '../../words.js';

/** @typedef {Readonly<{from: string, to: string, kind: string}>} Range */

/** What is looked for: the last thirty days of the tenant, unless the address says something else. @returns {Range} */
function sought() {
  const to = dayTyped(searched('to')) || dayIn(zone.value, Date.now());
  return { from: dayTyped(searched('from')) || dayAfter(to, -29), to, kind: searched('kind') };
}

/** @param {{range: Range}} given */
const Filter = ({ range }) => html`<${Filters} values=${range}>
  <${Field} label=${t('usage.from')} name="from" type="date" required />
  <${Field} label=${t('usage.to')} name="to" type="date" required />
  <${Field}
    label=${t('calls.kind')}
    name="kind"
    options=${[['', t('filter.all')], ...facts.lists.identity.map((each) => [each, named('identity', each)])]}
  />
<//>`;

/** @param {any} used */
const figures = ({ sessions, seconds, tokens, micros }) => [
  written(locale(), sessions),
  duration(seconds),
  written(locale(), tokens),
  dollars(locale(), micros),
];
const figureHeads = () => [t('usage.calls'), t('usage.time'), t('usage.tokens'), t('usage.dollars')];

/** @param {readonly import('../../usage-days.js').DayOfUse[]} days @param {'micros' | 'tokens'} what */
const barsOf = (days, what) =>
  days.map((each) => ({
    name: calendarDay(locale(), each.day),
    value: each[what],
    text: what === 'micros' ? dollars(locale(), each.micros) : written(locale(), each.tokens),
  }));

/** @param {{range: Range, rows: readonly any[], totals: any}} given */
function Days({ range, rows, totals }) {
  const days = perDay(rows, range.from, range.to);
  return html`<${Bars} caption=${t('usage.dollars')} bars=${barsOf(days, 'micros')} />
    <${Bars} caption=${t('usage.tokens')} bars=${barsOf(days, 'tokens')} />
    <${Table}
      caption=${t('usage.byDay')}
      heads=${[t('usage.day'), ...figureHeads()]}
      rows=${[
        [html`<strong>${t('usage.total')}</strong>`, ...figures(totals)],
        ...days.toReversed().map((each) => [calendarDay(locale(), each.day), ...figures(each)]),
      ]}
      empty=""
    />`;
}

/** @param {{range: Range, by: 'day' | 'model', title: string}} given */
const Save = ({ range, by, title }) => html`<header class="head">
  <h2>${title}</h2>
  <p class="buttons">
    <${CsvButton} operation=${o.readUsage} fields=${{ ...range, by }} cursor="cursor" name=${`usage-${by}-${me.value?.tenantId}`} />
  </p>
</header>`;

/** @param {{range: Range}} given */
function ByDay({ range }) {
  const asked = useAsked(() => ask(o.readUsage, { ...range, by: 'day', limit: 1000 }), [JSON.stringify(range)]);
  return html`<${Save} range=${range} by="day" title=${t('usage.byDay')} />
    <${Shown} asked=${asked}>${(/** @type {any} */ body) => html`<${Days} range=${range} ...${body} />`}<//>`;
}

/** @param {{range: Range}} given */
function ByModel({ range }) {
  const key = JSON.stringify(range);
  const [cursor, setCursor] = usePlace(key, '');
  const asked = useAsked(() => ask(o.readUsage, { ...range, by: 'model', cursor, limit: 100 }), [key, cursor]);
  return html`<${Save} range=${range} by="model" title=${t('usage.byModel')} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { rows, next }) => html`<${Table}
          caption=${t('usage.byModel')}
          heads=${[t('usage.model'), t('calls.kind'), ...figureHeads()]}
          rows=${rows.map((/** @type {any} */ row) => [
            row.isOthers ? t('usage.others') : html`<code>${row.model}</code>`,
            named('identity', row.kind),
            ...figures(row),
          ])}
          empty=${t('usage.none')}
        />
        <${Pages} first=${cursor === ''} next=${next} onFirst=${() => setCursor('')} onNext=${() => setCursor(next)} />`}
    <//>`;
}

/** What settled calls have used, by day and by model, in dollars and tokens. */
export function Screen() {
  const range = sought();
  return html`<${Head} title=${t('menu.usage')} />
    <p>${t('usage.text')}</p>
    <${Filter} range=${range} />
    <${ByDay} range=${range} />
    <${ByModel} range=${range} />`;
}
