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
import { named, t } from '../../words.js';
import { Export } from './audit-export.js';
import { AuditFile } from './audit-file.js';
import { Verify } from './audit-verify.js';

const names = ['from', 'to', 'actor', 'action'];
/** What is looked for, as the address has it. */
const sought = () => Object.fromEntries(names.map((name) => [name, searched(name)]));

const Filter = () => {
  const values = { ...sought(), ...periodShown() };
  return html`<${Filters} values=${values} written=${periodWritten}>
    <${PeriodFields} />
    <${Field} label=${t('audit.actor')} hint=${t('audit.actorHint')} name="actor" spellcheck=${false} />
    <${Field} label=${t('audit.action')} hint=${t('audit.actionHint')} name="action" spellcheck=${false} />
  <//>`;
};

/** @param {any} entry */
const rowOf = ({ sequence, time, outcome, actor, action, target, reason, requestId }) => [
  sequence,
  html`<${At} at=${time} />`,
  html`<code>${actor}</code>`,
  html`<code class="whole">${action}</code>`,
  html`<code>${target}</code>`,
  named('outcome', outcome),
  reason ?? '–',
  requestId === null ? '–' : html`<code>${requestId}</code>`,
];

const heads = () => [
  ...[t('audit.sequence'), t('audit.time'), t('audit.actor'), t('audit.action')],
  ...[t('audit.target'), t('audit.outcome'), t('form.reason'), t('audit.request')],
];

/** The audit log: who did what, whether it is whole, and a copy that others can verify. Looking leaves an entry too. */
export function Screen() {
  const filters = sought();
  const key = JSON.stringify(filters);
  const [before, setBefore] = usePlace(key, 0);
  const asked = useAsked(() => ask(o.listAudit, { ...filters, limit: 50, before: before || undefined }), [key, before]);
  return html`<${Head} title=${t('menu.audit')} />
    <${Verify} />
    <${Export} filter=${filters} />
    <${AuditFile} />
    <${Filter} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { entries, earlier }) => html`<${Table}
          caption=${t('audit.entries')}
          heads=${heads()}
          rows=${[...entries].reverse().map(rowOf)}
          keys=${[...entries].reverse().map((/** @type {any} */ { sequence }) => sequence)}
          empty=${t('audit.none')}
        />
        <${Pages} first=${before === 0} next=${earlier} onFirst=${() => setBefore(0)} onNext=${() => setBefore(earlier)} />`}
    <//>`;
}
