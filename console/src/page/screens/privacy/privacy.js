import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { fromNow } from '../../format.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { go, searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { locale, named, t } from '../../words.js';
import { OpenRequest } from './open-request.js';

/** @param {'state' | 'kind'} name @param {'privacyState' | 'privacyKind'} list @param {string} label */
const choice = (name, list, label) => html`<${Field}
  label=${label}
  name=${name}
  options=${[['', t('filter.all')], ...facts.lists[list].map((each) => [each, named(list, each)])]}
/>`;

/** @param {{filters: Readonly<Record<string, string>>}} given */
const Filter = ({ filters }) => html`<${Filters} values=${filters}>
  ${choice('state', 'privacyState', t('privacy.state'))} ${choice('kind', 'privacyKind', t('privacy.kind'))}
  <${Field}
    label=${t('privacy.deadline')}
    name="overdue"
    options=${[['', t('filter.all')], ['true', t('privacy.overdue')]]}
  />
<//>`;

/** @param {any} request */
const rowOf = ({ privacyRequestId, kind, law, state, receivedAt, dueAt, steps, evidence }) => [
  html`<a href=${`/console/privacy/${privacyRequestId}`}><code>${privacyRequestId}</code></a>`,
  named('privacyKind', kind),
  named('law', law),
  html`<span class=${`state ${state}`}>${named('privacyState', state)}</span>`,
  html`<${At} at=${receivedAt} />`,
  html`<${At} at=${dueAt} /><br />${fromNow(locale(), dueAt, Date.now())}`,
  t('privacy.progress', { done: evidence.length, steps }),
];

const heads = () => [
  ...[t('privacy.request'), t('privacy.kind'), t('privacy.law'), t('privacy.state')],
  ...[t('privacy.received'), t('privacy.due'), t('privacy.steps')],
];

/** What persons have asked for, the one that is due first at the head. */
export function Screen() {
  const [isOpen, setOpen] = useState(false);
  const filters = { state: searched('state'), kind: searched('kind'), overdue: searched('overdue') };
  const key = JSON.stringify(filters);
  const [after, setAfter] = usePlace(key, '');
  const asked = useAsked(() => ask(o.listPrivacyRequests, { ...filters, after, limit: 50 }), [key, after], {
    resources: ['privacy-requests'],
  });
  useWanted('open', o.openPrivacyRequest, () => setOpen(true));
  return html`<${Head} title=${t('menu.privacy')}>
      <button type="button" onClick=${asked.again}>${t('state.refresh')}</button>
      ${may(o.openPrivacyRequest) && html`<button type="button" class="main" onClick=${() => setOpen(true)}>${t('privacy.open')}</button>`}
    <//>
    <${Filter} filters=${filters} />
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { requests, next }) => html`<${Table}
          caption=${t('menu.privacy')}
          heads=${heads()}
          rows=${requests.map(rowOf)}
          keys=${requests.map((/** @type {any} */ { privacyRequestId }) => privacyRequestId)}
          empty=${t('privacy.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    ${
      isOpen &&
      html`<${OpenRequest}
        onClose=${() => setOpen(false)}
        onDone=${(/** @type {any} */ { privacyRequestId }) => go(`/console/privacy/${privacyRequestId}`)}
      />`
    }`;
}
