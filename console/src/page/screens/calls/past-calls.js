import { facts } from '../../facts.js';
import { dollars, duration, written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { PeriodFields, periodShown, periodWritten } from '../../parts/period.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { locale, named, t } from '../../words.js';

const names = ['agent', 'key', 'end', 'from', 'to'];
/** What is looked for, as the address has it. */
const sought = () => Object.fromEntries(names.map((name) => [name, searched(name)]));

const Filter = () => {
  const values = { state: 'ended', ...sought(), ...periodShown() };
  return html`<${Filters} values=${values} written=${periodWritten}>
    <input type="hidden" name="state" />
    <${Field} label=${t('past.agent')} name="agent" autocomplete="off" spellcheck=${false} />
    <${Field} label=${t('calls.key')} name="key" autocomplete="off" spellcheck=${false} />
    <${Field}
      label=${t('past.reason')}
      name="end"
      options=${[['', t('filter.all')], ...facts.lists.end.map((each) => [each, named('end', each)])]}
    />
    <${PeriodFields} />
  <//>`;
};

/** Dollars, and what they were for. @param {{used: any}} given */
const Cost = ({ used }) =>
  used === null
    ? html`<span class="faint">${t('past.notSettled')}</span>`
    : html`${dollars(locale(), used.micros)}<br /><span class="faint"
          >${t('past.tokens', { count: written(locale(), used.tokens) })}</span
        >`;

/** @param {any} call */
const rowOf = ({ sessionId, kind, widgetKey, agentId, startedAt, endedAt, endReason, connectedSeconds, used }) => [
  html`<a href=${`/console/calls/${sessionId}`}><code>${sessionId}</code></a>`,
  html`<${At} at=${endedAt} />`,
  connectedSeconds === null ? '–' : duration(connectedSeconds),
  endReason === null ? '–' : named('end', endReason),
  html`<${Cost} used=${used} />`,
  agentId,
  html`${kind === null ? '–' : named('identity', kind)}${widgetKey !== null && html`<br /><code>${widgetKey}</code>`}`,
  html`<${At} at=${startedAt} />`,
];

const heads = () => [
  ...[t('calls.id'), t('past.ended'), t('past.length'), t('past.reason'), t('past.cost'), t('past.agent')],
  ...[t('calls.kind'), t('calls.granted')],
];

/**
 * Calls that are over, the last to end first: why they ended and what they cost. `lists` leads to live ones, `find` to
 * one by its id.
 * @param {{lists: any, find: any}} given
 */
export function PastCalls({ lists, find }) {
  const { agent: agentId = '', key: widgetKey = '', end: endReason = '', from = '', to = '' } = sought();
  const filters = { agentId, widgetKey, endReason, from, to };
  const key = JSON.stringify(filters);
  const [after, setAfter] = usePlace(key, '');
  const asked = useAsked(() => ask(o.listEndedCalls, { ...filters, after, limit: 50 }), [key, after]);
  return html`<${Head} title=${t('menu.calls')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
    <//>
    ${lists}
    <p class="hint">${t('past.kept')}</p>
    <${Filter} />
    ${find}
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { sessions, next }) => html`<${Table}
          caption=${t('past.caption')}
          heads=${heads()}
          rows=${sessions.map(rowOf)}
          keys=${sessions.map((/** @type {any} */ call) => call.sessionId)}
          empty=${t('past.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>`;
}
