import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Table } from '../../parts/table.js';
import { At, Copied, Head } from '../../parts/text.js';
import { ask } from '../../request.js';
import { may } from '../../shell/who.js';
import { t } from '../../words.js';
import { ProveDomain, PutSingleSignOn, RemoveSingleSignOn } from './single-sign-on-dialogs.js';

/** @typedef {Readonly<{kind: 'put' | 'prove' | 'remove', domain?: string}>} Open */

/** Where the provider must send people back to. @param {{callback: readonly string[]}} given */
const Callbacks = ({ callback }) => html`<h2>${t('sso.atProvider')}</h2>
  <p>${t('sso.atProviderText')}</p>
  ${callback.map((address) => html`<${Copied} key=${address} text=${address} what=${t('sso.callback')} />`)}`;

/** What is set, without the secret. @param {{known: any}} given */
const Known = ({ known: { issuer, clientId, isRequired, secondFactor } }) => html`<dl class="details">
  <div><dt>${t('sso.issuer')}</dt><dd><code>${issuer}</code></dd></div>
  <div><dt>${t('sso.clientId')}</dt><dd><code>${clientId}</code></dd></div>
  <div><dt>${t('sso.required')}</dt><dd>${t(isRequired ? 'sso.isRequired' : 'sso.isNotRequired')}</dd></div>
  <div><dt>${t('sso.secondFactor')}</dt><dd>${t(secondFactor === 'asked' ? 'sso.asked' : 'sso.leftToProvider')}</dd></div>
</dl>`;

/** @param {any} row @param {(open: Open) => void} open */
const rowOf = ({ domain, provedAt, record }, open) => [
  html`<code>${domain}</code>`,
  provedAt === null
    ? html`<span class="state advised">${t('sso.notProved')}</span>`
    : html`<span class="state done">${t('sso.proved')}</span><br /><${At} at=${provedAt} />`,
  html`<${Copied} text=${record.name} what=${t('sso.recordName')} />`,
  html`<${Copied} text=${record.value} what=${t('sso.recordValue')} />`,
  may(o.proveDomain) &&
    provedAt === null &&
    html`<button type="button" aria-label=${`${t('sso.prove')}: ${domain}`} onClick=${() => open({ kind: 'prove', domain })}>${t('sso.prove')}</button>`,
];

/**
 * The domains, and the record that proves each.
 * @param {{domains: readonly any[], open: (open: Open) => void}} given
 */
const Domains = ({ domains, open }) => html`<h2>${t('sso.domains')}</h2>
  <p>${t('sso.domainsText')}</p>
  <${Table}
    caption=${t('sso.domains')}
    heads=${[t('sso.domain'), t('sso.state'), t('sso.recordName'), t('sso.recordValue'), t('table.actions')]}
    rows=${domains.map((row) => rowOf(row, open))}
    keys=${domains.map(({ domain }) => domain)}
    empty=${t('sso.noDomains')}
  />`;

/** The way there, a step each; those that are done say so. @param {{known: any}} given */
function Steps({ known }) {
  const proved = known?.domains.some((/** @type {any} */ { provedAt }) => provedAt !== null) ?? false;
  const steps = [
    { text: t('sso.stepRegister'), isDone: known !== null },
    { text: t('sso.stepSet'), isDone: known !== null },
    { text: t('sso.stepProve'), isDone: proved },
    { text: t('sso.stepTry'), isDone: known?.isRequired ?? false },
    { text: t('sso.stepRequire'), isDone: known?.isRequired ?? false },
  ];
  return html`<ol class="steps">
    ${steps.map(({ text, isDone }) => html`<li>${isDone && html`<span class="state done">${t('sso.done')}</span> `}${text}</li>`)}
  </ol>`;
}

/** @param {{open: Open | undefined, known: any, onClose: () => void, onDone: () => void}} given */
function Dialogs({ open, known, onClose, onDone }) {
  if (open === undefined) return null;
  if (open.kind === 'put') return html`<${PutSingleSignOn} known=${known} onClose=${onClose} onDone=${onDone} />`;
  if (open.kind === 'remove') return html`<${RemoveSingleSignOn} onClose=${onClose} onDone=${onDone} />`;
  return html`<${ProveDomain} domain=${open.domain} onClose=${onClose} onDone=${onDone} />`;
}

/** How members sign in through the provider of their company: what is to be done there, in DNS and here. */
export function Screen() {
  const [open, show] = useState(/** @type {Open | undefined} */ (undefined));
  const asked = useAsked(() => ask(o.showSingleSignOn), []);
  return html`<${Head} title=${t('menu.single-sign-on')} />
    <p>${t('sso.text')}</p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { singleSignOn: known, callback }) => html`<${Steps} known=${known} />
        <p class="buttons">
          ${may(o.putSingleSignOn) && html`<button type="button" class="main" onClick=${() => show({ kind: 'put' })}>${t(known === null ? 'sso.set' : 'sso.change')}</button>`}
          ${known !== null && may(o.removeSingleSignOn) && html`<button type="button" class="danger" onClick=${() => show({ kind: 'remove' })}>${t('sso.remove')}</button>`}
        </p>
        ${!may(o.putSingleSignOn) && html`<p class="hint">${t('sso.ownersAlone')}</p>`}
        ${known === null ? html`<p class="empty">${t('sso.none')}</p>` : html`<${Known} known=${known} />`}
        <${Callbacks} callback=${callback} />
        ${known !== null && html`<${Domains} domains=${known.domains} open=${show} />`}
        <${Dialogs} open=${open} known=${known} onClose=${() => show(undefined)} onDone=${asked.again} />`}
    <//>`;
}
