import { useState } from 'preact/hooks';
import { facts } from '../../facts.js';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Table } from '../../parts/table.js';
import { At, Head } from '../../parts/text.js';
import { useWanted } from '../../parts/wanted.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { t } from '../../words.js';
import { CreateSecret, RemoveSecret, RotateSecret, SecretHosts } from './secret-dialogs.js';

/** @typedef {Readonly<{kind: 'create' | 'rotate' | 'hosts' | 'remove', row?: any}>} Open */

/** An age that asks for a new value stands out by words, and not by its colour alone. @param {{days: number}} given */
const Age = ({ days }) =>
  days < facts.agingDays
    ? t('keys.days', { count: days })
    : html`<span class="state expiring">${t('secrets.old', { count: days })}</span>`;

/** @param {{row: any}} given */
const Version = ({ row: { version, inForce, inForceFrom } }) =>
  inForceFrom === null
    ? version
    : html`${inForce.version}<br />${t('secrets.next', { version })} <${At} at=${inForceFrom} />`;

/** @param {{row: any, open: (open: Open) => void}} given */
function Actions({ row, open }) {
  /** @param {Open['kind']} kind @param {string} text */
  const button = (kind, text) =>
    html`<button type="button" aria-label=${`${text}: ${row.name}`} onClick=${() => open({ kind, row })}>${text}</button>`;
  return html`<div class="actions">
    ${may(o.rotateSecret) && button('rotate', t('secrets.rotate'))}
    ${may(o.setSecretHosts) && row.hosts.length > 1 && button('hosts', t('secrets.setHosts'))}
    ${may(o.removeSecret) && button('remove', t('secrets.remove'))}
  </div>`;
}

/** @param {readonly string[]} hosts */
const list = (hosts) =>
  html`<ul class="plain">${hosts.map((host) => html`<li><code class="whole">${host}</code></li>`)}</ul>`;

/** @param {any} row @param {(open: Open) => void} open */
const cells = (row, open) => [
  html`<code class="whole">${row.name}</code>`,
  html`<${Version} row=${row} />`,
  html`<${Age} days=${row.ageDays} />`,
  list(row.inForce.hosts),
  row.lastUsedAt === null ? t('secrets.neverUsed') : html`<${At} at=${row.lastUsedAt} />`,
  html`<${Actions} row=${row} open=${open} />`,
];

const heads = () => [
  ...[t('secrets.name'), t('secrets.version'), t('keys.age'), t('secrets.hosts')],
  ...[t('keys.lastUsed'), t('table.actions')],
];

/** @type {Readonly<Record<Open['kind'], any>>} */
const dialogs = { create: CreateSecret, rotate: RotateSecret, hosts: SecretHosts, remove: RemoveSecret };

/** Secrets that tools send: what is known of them but for their values, and giving, rotating and removing them. */
export function Screen() {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.listSecrets), []);
  useWanted('create', o.createSecret, () => show({ kind: 'create' }));
  const Shape = open && dialogs[open.kind];
  return html`<${Head} title=${t('menu.secrets')}>
      ${may(o.createSecret) && html`<button type="button" class="main" onClick=${() => show({ kind: 'create' })}>${t('secrets.create')}</button>`}
    <//>
    <p>${t('secrets.about')}</p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { secrets }) => html`<${Table}
        caption=${t('menu.secrets')}
        heads=${heads()}
        rows=${secrets.map((/** @type {any} */ row) => cells(row, show))}
        keys=${secrets.map((/** @type {any} */ row) => row.name)}
        empty=${t('secrets.none')}
      />`}
    <//>
    ${Shape && html`<${Shape} row=${open.row} onClose=${() => show(undefined)} onDone=${asked.again} />`}`;
}
