import { useId, useState } from 'preact/hooks';
import { amount, calendarDay, dollars, duration, written } from '../../format.js';
import { html } from '../../html.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Datum } from '../../parts/datum.js';
import { Field } from '../../parts/form.js';
import { Table } from '../../parts/table.js';
import { At } from '../../parts/text.js';
import { locale, named, t } from '../../words.js';

/** @typedef {import('../../request.js').Answer} Answer */

const count = (/** @type {number} */ value) => written(locale(), value);

/** A rule, and whose limit it is. @param {{rule: string, kind: string | null}} given */
const Rule = ({ rule, kind }) =>
  html`${named('previewRule', rule)}${kind !== null && html`<br /><span class="faint">${named('identity', kind)}</span>`}`;

/** What a rule is on one side. @param {string} rule @param {number | string | null} value @param {boolean} isLimit */
function sideOf(rule, value, isLimit) {
  if (value === null) return isLimit ? t('limit.unbound') : '–';
  return typeof value === 'number' ? amount(locale(), rule, value) : value;
}

/** How many calls ended earlier, and by how much in all. @param {{of: any}} given */
const Earlier = ({ of: { endedEarlier, endedEarlierSeconds } }) =>
  html`${count(endedEarlier)}${
    endedEarlier > 0 &&
    html`<br /><span class="faint">${t('preview.bySeconds', { time: duration(endedEarlierSeconds) })}</span>`
  }`;

/** Names of agents, models and keys, with how many calls each has. @param {{of: any}} given */
const Whose = ({ of: { agents, models, widgetKeys } }) =>
  agents.length === 0
    ? '–'
    : html`<ul class="plain">
        ${[...agents, ...models, ...widgetKeys].map(
          ({ name, calls }) => html`<li><code class="whole">${name}</code> ${count(calls)}</li>`,
        )}
      </ul>`;

/** Calls to look at. They open beside this page, which may hold what somebody has typed. @param {{of: any}} given */
const Examples = ({ of: { examples } }) =>
  examples.length === 0
    ? '–'
    : html`<ul class="plain">
        ${examples.map(
          (/** @type {string} */ id) =>
            html`<li><a href=${`/console/calls/${id}`} target="_blank" rel="noopener"><code>${id.slice(0, 8)}</code></a></li>`,
        )}
      </ul>`;

/** @param {any} each */
const rowOf = (each) => {
  const { rule, kind, change, before, after, isTold, refused, unknown } = each;
  const told = (/** @type {unknown} */ value) =>
    isTold ? value : html`<span class="faint">${t('preview.untold')}</span>`;
  const hasSides = kind !== null || before !== null || after !== null;
  return [
    html`<${Rule} rule=${rule} kind=${kind} />`,
    named('previewChange', change),
    hasSides ? `${sideOf(rule, before, kind !== null)} → ${sideOf(rule, after, kind !== null)}` : '–',
    told(count(refused)),
    told(html`<${Earlier} of=${each} />`),
    told(count(unknown)),
    html`<${Whose} of=${each} />`,
    html`<${Examples} of=${each} />`,
  ];
};

const heads = () => [
  ...[t('preview.rule'), t('preview.change'), t('preview.sides'), t('preview.refused'), t('preview.earlier')],
  ...[t('preview.unknown'), t('preview.whose'), t('preview.examples')],
];

/** @param {{together: any}} given */
const Together = ({ together }) => html`<h4>${t('preview.together')}</h4>
  <dl class="details">
    <${Datum} label=${t('preview.refused')}>${count(together.refused)}<//>
    <${Datum} label=${t('preview.earlier')}><${Earlier} of=${together} /><//>
    <${Datum} label=${t('preview.unknown')}>${count(together.unknown)}<//>
    <${Datum} label=${t('preview.notSpent')}>
      ${dollars(locale(), together.notSpent.micros)}<br />${t('preview.tokens', { count: count(together.notSpent.tokens) })}<br />
      ${t('preview.time', { time: duration(together.notSpent.seconds) })}
      ${
        together.notSpentUnknown > 0 &&
        html`<br /><span class="faint">${t('preview.spentUnknown', { calls: count(together.notSpentUnknown) })}</span>`
      }
    <//>
  </dl>`;

/** @param {{reached: readonly any[], peaks: readonly any[]}} given */
const Moments = ({ reached, peaks }) => html`${
  reached.length > 0 &&
  html`<${Table}
      caption=${t('preview.reached')}
      heads=${[t('preview.day'), t('preview.rule'), t('preview.by')]}
      rows=${reached.map(({ day, rule, kind, at }) => [calendarDay(locale(), day), html`<${Rule} rule=${rule} kind=${kind} />`, html`<${At} at=${at} />`])}
      empty=""
    />`
}
  ${
    peaks.length > 0 &&
    html`<${Table}
      caption=${t('preview.peaks')}
      heads=${[t('limits.kind'), t('preview.open'), t('preview.at'), t('preview.limitBefore'), t('preview.limitAfter')]}
      rows=${peaks.map(({ kind, open, at, before, after }) => [named('identity', kind), count(open), html`<${At} at=${at} />`, count(before), count(after)])}
      empty=""
    />`
  }`;

/** What was found. @param {{preview: any}} given */
const Found = ({
  preview: { calls, from, isPart, rules, together, reached, peaks, cannotTell },
}) => html`<dl class="details">
    <${Datum} label=${t('preview.calls')}>${count(calls)}<//>
    <${Datum} label=${t('preview.since')}><${At} at=${from} /><//>
  </dl>
  ${isPart && html`<p class="hint">${t('preview.part')}</p>`}
  ${calls === 0 && html`<p class="empty">${t('preview.noCalls')}</p>`}
  <${Table} caption=${t('preview.rules')} heads=${heads()} rows=${rules.map(rowOf)} empty=${t('preview.same')} />
  ${rules.length > 0 && html`<${Together} together=${together} />`}
  <${Moments} reached=${reached} peaks=${peaks} />
  <h4>${t('preview.cannotTell')}</h4>
  <ul>
    ${cannotTell.map((/** @type {string} */ gap) => html`<li>${named('previewGap', gap)}</li>`)}
  </ul>`;

/** What was asked for, or why there is nothing to show. @param {{wanted: {days: number}, asks: Asks}} given */
function Looked({ wanted, asks }) {
  const asked = useAsked(() => asks(wanted.days), [wanted]);
  return html`<${Shown} asked=${asked}>${(/** @type {any} */ preview) => html`<${Found} preview=${preview} />`}<//>`;
}

/** @typedef {(days: number) => Promise<Answer>} Asks */

const spans = ['1', '7', '14', '30'];

/**
 * What a policy would have done to the calls of the last days, once somebody wants to know. It stands in forms, and
 * sends none. What was found goes with what it is about.
 * @param {{asks: Asks, about?: string}} given
 */
export function WouldHaveDone({ asks, about = '' }) {
  const id = useId();
  const [days, setDays] = useState('7');
  const [wanted, look] = useState(/** @type {{days: number, about: string} | undefined} */ (undefined));
  const choose = (/** @type {Event} */ { target }) => target instanceof HTMLSelectElement && setDays(target.value);
  return html`<section aria-labelledby=${id}>
    <h3 id=${id}>${t('preview.title')}</h3>
    <p class="hint">${t('preview.text')}</p>
    <${Field} label=${t('preview.days')} name="days" options=${spans.map((each) => [each, each])} value=${days} onChange=${choose} />
    <p class="buttons"><button type="button" onClick=${() => look({ days: Number(days), about })}>${t('preview.look')}</button></p>
    <div role="status">${wanted?.about === about && html`<${Looked} wanted=${wanted} asks=${asks} />`}</div>
  </section>`;
}
