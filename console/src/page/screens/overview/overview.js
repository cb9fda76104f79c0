import { withWords } from '../../answers/with-words.js';
import { written } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { BudgetTable } from '../../parts/budget.js';
import { Table } from '../../parts/table.js';
import { Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { locale, named, t } from '../../words.js';
import { textsOf } from './checklist-row.js';
import { NeedsAttention } from './overview-attention.js';
import { Today } from './overview-days.js';
import { Decisions } from './overview-decisions.js';

const most = 1000;

/** Calls that go on now. The server names them, so they are counted here, up to a page of them. */
function CallsNow() {
  const asked = useAsked(() => ask(o.listCalls, { limit: most }), [], { resources: ['calls'] });
  return html`<section>
    <h2>${t('overview.now')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { sessions, next }) => html`<p class="figure">
          ${written(locale(), sessions.length)}${next === null ? '' : '+'}
        </p>
        <p class="buttons">
          <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
          <a href="/console/calls">${t('overview.toCalls')}</a>
        </p>`}
    <//>
  </section>`;
}

function Budgets() {
  const asked = useAsked(() => ask(o.showLimits), [], { resources: ['calls', 'limits'] });
  return html`<section>
    <h2>${t('overview.budgets')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { kinds }) => kinds.map((/** @type {any} */ each) => html`<${BudgetTable} ...${each} />`)}
    <//>
    <p><a href="/console/limits">${t('overview.toLimits')}</a></p>
  </section>`;
}

const order = ['missing', 'advised', 'done'];

function Checklist() {
  const asked = useAsked(() => withWords('checklist', () => ask(o.showChecklist)), []);
  return html`<section>
    <h2 id="checklist">${t('overview.checklist')}</h2>
    <${Shown} asked=${asked}>
      ${(
        /** @type {any} */ { isReady, rows },
      ) => html`<p>${isReady ? t('checklist.ready') : t('checklist.notReady')}</p>
        <${Table}
          caption=${t('overview.checklist')}
          heads=${[t('checklist.what'), t('checklist.state'), t('checklist.found'), t('checklist.why'), t('checklist.how')]}
          rows=${[...rows]
            .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
            .map((row) => {
              const { what, found, why, how } = textsOf(row);
              const state = html`<span class=${`state ${row.state}`}>${named('checklist', row.state)}</span>`;
              return [what, state, found, why, how];
            })}
          empty=${t('checklist.empty')}
        />`}
    <//>
  </section>`;
}

/** What goes on now, what is left, and what should be put right. */
export const Screen = () => html`<${Head} title=${t('menu.overview')} />
  ${may(o.listCalls) && html`<${CallsNow} />`}
  <${NeedsAttention} />
  ${may(o.readUsage) && html`<${Today} />`}
  ${may(o.readDecisions) && html`<${Decisions} />`}
  <${Budgets} />
  ${may(o.showChecklist) && html`<${Checklist} />`}`;
