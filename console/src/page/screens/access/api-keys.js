import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Table } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { CreateApiKey, NewSecrets, RevokeApiKey, RotateApiKey } from './api-key-dialogs.js';

/** @typedef {Readonly<{kind: 'create' | 'rotate' | 'revoke' | 'secrets', row?: any}>} Open */

/** @param {any} key */
const isDead = ({ revokedAt, expiresAt }) =>
  revokedAt !== null || (expiresAt !== null && Date.parse(expiresAt) <= Date.now());

/** @param {{row: any, open: (open: Open) => void}} given */
function Actions({ row, open }) {
  /** @param {Open['kind']} kind @param {string} text */
  const button = (kind, text) =>
    html`<button type="button" aria-label=${`${text}: ${row.label}`} onClick=${() => open({ kind, row })}>${text}</button>`;
  if (isDead(row)) return t('apiKeys.dead');
  return html`<div class="actions">
    ${may(o.rotateApiKey) && button('rotate', t('apiKeys.rotate'))}
    ${may(o.revokeApiKey) && button('revoke', t('apiKeys.revoke'))}
  </div>`;
}

/** @param {any} row @param {(open: Open) => void} open */
const rowOf = (row, open) => [
  html`${row.label}<br /><code>${row.keyId}</code>`,
  named('environment', row.env),
  row.scopes.join(', '),
  row.networks.length === 0 ? t('apiKeys.anywhere') : row.networks.join(', '),
  row.signing,
  html`<${At} at=${row.createdAt} />`,
  html`<${At} at=${row.lastUsedAt} />`,
  html`<${At} at=${row.revokedAt ?? row.expiresAt} />`,
  html`<${Actions} row=${row} open=${open} />`,
];

const heads = () => [
  ...[t('apiKeys.key'), t('apiKeys.environment'), t('apiKeys.scopes'), t('apiKeys.networks'), t('apiKeys.signing')],
  ...[t('apiKeys.created'), t('apiKeys.lastUsed'), t('apiKeys.ends'), t('table.actions')],
];

/** @param {{open: Open | undefined, show: (open: Open | undefined) => void, again: () => void}} given */
function Dialogs({ open, show, again }) {
  if (open === undefined) return null;
  const onClose = () => show(undefined);
  const made = (/** @type {any} */ row) => {
    again();
    show({ kind: 'secrets', row });
  };
  const shared = { key: open.kind, row: open.row, onClose };
  if (open.kind === 'create') return html`<${CreateApiKey} ...${shared} onDone=${made} />`;
  if (open.kind === 'rotate') return html`<${RotateApiKey} ...${shared} onDone=${made} />`;
  if (open.kind === 'revoke') return html`<${RevokeApiKey} ...${shared} onDone=${again} />`;
  return html`<${NewSecrets} ...${shared} />`;
}

/** Keys of machines: what each may do, from where, and when it was used last. */
export function Screen() {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.listApiKeys), []);
  useWanted('create', o.createApiKey, () => show({ kind: 'create' }));
  return html`<${Head} title=${t('menu.api-keys')}>
      ${may(o.createApiKey) && html`<button type="button" class="main" onClick=${() => show({ kind: 'create' })}>${t('apiKeys.create')}</button>`}
    <//>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { keys }) => html`<${Table}
        caption=${t('menu.api-keys')}
        heads=${heads()}
        rows=${keys.map((/** @type {any} */ row) => rowOf(row, show))}
        keys=${keys.map((/** @type {any} */ { keyId }) => keyId)}
        empty=${t('apiKeys.none')}
      />`}
    <//>
    <${Dialogs} open=${open} show=${show} again=${asked.again} />`;
}
