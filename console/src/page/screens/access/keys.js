import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Filters } from '../../parts/filters.js';
import { Field } from '../../parts/form.js';
import { Pages, Table, usePlace } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { CreateKey, KeyUsage, RevokeKey, RotateKey, Snippet } from './key-dialogs.js';

/** @typedef {Readonly<{kind: 'create' | 'rotate' | 'revoke' | 'usage' | 'snippet', key?: any}>} Open */

/** @param {string} name @param {'environment' | 'keyState'} list @param {string} label */
const choice = (name, list, label) => html`<${Field}
  label=${label}
  name=${name}
  options=${[['', t('filter.all')], ...facts.lists[list].map((each) => [each, named(list, each)])]}
/>`;

const lives = (/** @type {{state: string}} */ { state }) => state !== 'expired' && state !== 'revoked';

/** @param {{row: any, open: (open: Open) => void}} given */
function Actions({ row, open }) {
  /** @param {Open['kind']} kind @param {string} text */
  const button = (kind, text) =>
    html`<button type="button" aria-label=${`${text}: ${row.label}`} onClick=${() => open({ kind, key: row })}>${text}</button>`;
  return html`<div class="actions">
    ${may(o.showKeyUsage) && button('usage', t('keys.usage'))}
    ${lives(row) && button('snippet', t('keys.snippet'))}
    ${lives(row) && may(o.rotateKey) && button('rotate', t('keys.rotate'))}
    ${lives(row) && may(o.revokeKey) && button('revoke', t('keys.revoke'))}
  </div>`;
}

/** @param {any} row @param {(open: Open) => void} open */
const rowOf = (row, open) => [
  html`${row.label}<br /><code>${row.widgetKey}</code>`,
  html`<span class=${`state ${row.state}`}>${named('keyState', row.state)}</span>`,
  named('environment', row.environment),
  html`<ul class="plain">${row.origins.map((/** @type {string} */ origin) => html`<li>${origin}</li>`)}</ul>`,
  row.agentIds === null ? t('keys.allAgents') : row.agentIds.join(', '),
  t('keys.days', { count: row.ageDays }),
  html`<${At} at=${row.lastUsedAt} />`,
  html`<${At} at=${row.revokedAt ?? row.expiresAt} />`,
  html`<${Actions} row=${row} open=${open} />`,
];

const heads = () => [
  ...[t('keys.key'), t('keys.state'), t('keys.environment'), t('keys.origins'), t('keys.agents'), t('keys.age')],
  ...[t('keys.lastUsed'), t('keys.ends'), t('table.actions')],
];

/** @param {{open: Open | undefined, show: (open: Open | undefined) => void, again: () => void}} given */
function Dialogs({ open, show, again }) {
  if (open === undefined) return null;
  const onClose = () => show(undefined);
  const made = (/** @type {{widgetKey: string}} */ key) => {
    again();
    show({ kind: 'snippet', key });
  };
  const shared = { key: open.kind, row: open.key, onClose };
  if (open.kind === 'create') return html`<${CreateKey} ...${shared} onDone=${made} />`;
  if (open.kind === 'rotate') return html`<${RotateKey} ...${shared} onDone=${made} />`;
  if (open.kind === 'revoke') return html`<${RevokeKey} ...${shared} onDone=${again} />`;
  return open.kind === 'usage' ? html`<${KeyUsage} ...${shared} />` : html`<${Snippet} ...${shared} />`;
}

const pageMost = 100;

/** One key by its name, wherever in the list it stands. @param {string} widgetKey */
async function findKey(widgetKey) {
  for (let after = ''; ; ) {
    const answer = await ask(o.listKeys, { after, limit: pageMost });
    if (answer.kind !== 'answered') return answer;
    const widgetKeys = answer.body.widgetKeys.filter((/** @type {any} */ each) => each.widgetKey === widgetKey);
    if (widgetKeys.length > 0 || answer.body.next === null) return { ...answer, body: { widgetKeys, next: null } };
    after = answer.body.next;
  }
}

/** Widget keys: those that there are, and making, replacing and killing them. */
export function Screen() {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const filters = { environment: searched('environment'), state: searched('state'), key: searched('key') };
  const { key, ...sought } = filters;
  const [after, setAfter] = usePlace(JSON.stringify(filters), '');
  const asked = useAsked(
    () => (key === '' ? ask(o.listKeys, { ...sought, after, limit: 50 }) : findKey(key)),
    [JSON.stringify(filters), after],
  );
  useWanted('create', o.createKey, () => show({ kind: 'create' }));
  return html`<${Head} title=${t('menu.keys')}>
      ${may(o.createKey) && html`<button type="button" class="main" onClick=${() => show({ kind: 'create' })}>${t('keys.create')}</button>`}
    <//>
    <${Filters} values=${filters}>
      ${choice('environment', 'environment', t('keys.environment'))} ${choice('state', 'keyState', t('keys.state'))}
      <${Field} label=${t('keys.find')} name="key" autocomplete="off" spellcheck=${false} />
    <//>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { widgetKeys, next }) => html`<${Table}
          caption=${t('menu.keys')}
          heads=${heads()}
          rows=${widgetKeys.map((/** @type {any} */ row) => rowOf(row, show))}
          keys=${widgetKeys.map((/** @type {any} */ row) => row.widgetKey)}
          empty=${t('keys.none')}
        />
        <${Pages} first=${after === ''} next=${next} onFirst=${() => setAfter('')} onNext=${() => setAfter(next)} />`}
    <//>
    <${Dialogs} open=${open} show=${show} again=${asked.again} />`;
}
