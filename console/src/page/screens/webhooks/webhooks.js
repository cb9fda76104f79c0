import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Table } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { go, searched } from '../../router.js';
import { may } from '../../shell/who.js';
import { named, t } from '../../words.js';
import { Deliveries } from './webhook-deliveries.js';
import * as dialogs from './webhook-dialogs.js';

/** @typedef {'create' | 'change' | 'switch' | 'rotate' | 'remove' | 'ping' | 'secret'} Kind */
/** @typedef {Readonly<{kind: Kind, row?: any}>} Open */

const addressOf = (/** @type {string} */ endpointId) => `/console/webhooks?endpoint=${endpointId}`;

/** @param {{row: any, open: (open: Open) => void}} given */
function Actions({ row, open }) {
  /** @param {Kind} kind @param {string} text */
  const button = (kind, text) =>
    html`<button type="button" aria-label=${`${text}: ${row.url}`} onClick=${() => open({ kind, row })}>${text}</button>`;
  return html`<div class="actions">
    <a href=${addressOf(row.endpointId)} aria-label=${`${t('webhooks.deliveries')}: ${row.url}`}>${t('webhooks.deliveries')}</a>
    ${may(o.pingWebhook) && button('ping', t('webhooks.ping'))}
    ${
      may(o.updateWebhook) &&
      html`${button('change', t('webhooks.change'))}
      ${button('switch', t(row.status === 'enabled' ? 'webhooks.disable' : 'webhooks.enable'))}
      ${button('rotate', t('webhooks.rotate'))} ${button('remove', t('webhooks.remove'))}`
    }
  </div>`;
}

/** Whether anything arrives, and why not. @param {{row: any}} given */
const State = ({ row: { status, disabledWhy, failingSince } }) => html`<span
    class=${`state ${status === 'enabled' ? 'active' : 'missing'}`}
    >${named('webhookStatus', status)}</span
  >
  ${disabledWhy !== null && html`<br />${named('webhookWhy', disabledWhy)}`}
  ${failingSince !== null && html`<br />${t('webhooks.failingSince')} <${At} at=${failingSince} />`}`;

/** @param {any} row @param {(open: Open) => void} open */
const rowOf = (row, open) => [
  html`<code>${row.url}</code>${row.description !== '' && html`<br />${row.description}`}`,
  html`<ul class="plain">${row.types.map((/** @type {string} */ type) => html`<li><code class="whole">${type}</code></li>`)}</ul>`,
  html`<${State} row=${row} />`,
  html`<${At} at=${row.secretCreatedAt} />${row.secretGraceEndsAt !== null && html`<br />${t('webhooks.oldUntil')} <${At} at=${row.secretGraceEndsAt} />`}`,
  html`<${Actions} row=${row} open=${open} />`,
];

const heads = () => [
  ...[t('webhooks.url'), t('webhooks.events'), t('webhooks.state'), t('webhooks.secretOf'), t('table.actions')],
];

/** @type {Readonly<Record<Kind, any>>} */
const dialogOf = {
  create: dialogs.CreateWebhook,
  change: dialogs.ChangeWebhook,
  switch: dialogs.SwitchWebhook,
  rotate: dialogs.RotateSecret,
  remove: dialogs.RemoveWebhook,
  ping: dialogs.PingWebhook,
  secret: dialogs.NewSecret,
};

/**
 * @param {{open: Open | undefined, show: (open: Open | undefined) => void, again: () => void, onSent: () => void}}
 *   given
 */
function Dialogs({ open, show, again, onSent }) {
  if (open === undefined) return null;
  const done = (/** @type {any} */ made) => {
    again();
    if (made?.secret !== undefined) show({ kind: 'secret', row: made });
    if (open.kind === 'ping') onSent();
    if (open.kind === 'ping') go(addressOf(open.row.endpointId));
    if (open.kind === 'remove') go('/console/webhooks');
  };
  return html`<${dialogOf[open.kind]} key=${open.kind} row=${open.row} onClose=${() => show(undefined)} onDone=${done} />`;
}

/** Webhooks: where the tenant’s own servers are told what happens, and what became of each message. */
export function Screen() {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const [sent, setSent] = useState(0);
  const asked = useAsked(() => ask(o.listWebhooks), [], { resources: ['webhooks'] });
  useWanted('create', o.createWebhook, () => show({ kind: 'create' }));
  const chosen = searched('endpoint');
  return html`<${Head} title=${t('menu.webhooks')}>
      ${may(o.createWebhook) && html`<button type="button" class="main" onClick=${() => show({ kind: 'create' })}>${t('webhooks.create')}</button>`}
    <//>
    <p>${t('webhooks.text')}</p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { endpoints }) => html`<${Table}
          caption=${t('menu.webhooks')}
          heads=${heads()}
          rows=${endpoints.map((/** @type {any} */ row) => rowOf(row, show))}
          keys=${endpoints.map((/** @type {any} */ row) => row.endpointId)}
          empty=${t('webhooks.none')}
        />
        ${
          chosen !== '' &&
          html`<${Deliveries}
            key=${`${chosen} ${sent}`}
            endpointId=${chosen}
            url=${endpoints.find((/** @type {any} */ row) => row.endpointId === chosen)?.url ?? chosen}
          />`
        }`}
    <//>
    <${Dialogs} open=${open} show=${show} again=${asked.again} onSent=${() => setSent((before) => before + 1)} />`;
}
