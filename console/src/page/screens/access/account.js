import { useState } from 'preact/hooks';
import { html } from '../../html.js';
import { operations as o } from '../../operations.js';
import { Shown, useAsked } from '../../parts/asked.js';
import { Dialog } from '../../parts/dialog.js';
import { Confirm } from '../../parts/form-dialog.js';
import { Table } from '../../parts/table.js';
import { At, Head, say } from '../../parts/text.js';
import { ask } from '../../request.js';
import { AddFactor, RecoveryCodes } from '../../sign-in/add-factor.js';
import { named, t } from '../../words.js';
import { deviceText, placeText } from './login-words.js';

const adding = {
  beginTotp: o.beginTotp,
  finishTotp: o.finishTotp,
  beginPasskey: o.beginPasskey,
  finishPasskey: o.finishPasskey,
};

/** @param {{title: string, onClose: () => void, onDone: () => void}} given */
function Add({ title, onClose, onDone }) {
  const [codes, setCodes] = useState(/** @type {readonly string[]} */ ([]));
  const end = () => {
    onClose();
    onDone();
  };
  const added = (/** @type {any} */ body) => (body.recoveryCodes.length > 0 ? setCodes(body.recoveryCodes) : end());
  return html`<${Dialog} title=${title} onClose=${end}>
    ${codes.length > 0 ? html`<${RecoveryCodes} codes=${codes} onDone=${end} />` : html`<${AddFactor} ways=${adding} onDone=${added} />`}
  <//>`;
}

/** @param {{factor: any, onClose: () => void, onDone: () => void}} given */
const Remove = ({ factor: { factorId, name }, onClose, onDone }) => html`<${Confirm}
  title=${t('account.removeTitle', { name })}
  text=${t('account.removeText')}
  submit=${t('account.remove')}
  hasReason=${false}
  onSubmit=${() => ask(o.removeFactor, { factorId })}
  onClose=${onClose}
  onDone=${onDone}
/>`;

/**
 * New recovery codes: those that somebody has kept work no more.
 * @param {{onClose: () => void, onDone: (body: any) => void}} given
 */
const Renew = ({ onClose, onDone }) => html`<${Confirm}
  title=${t('account.renewTitle')}
  text=${t('account.renewText')}
  submit=${t('account.renewSubmit')}
  hasReason=${false}
  onSubmit=${() => ask(o.renewRecoveryCodes)}
  onClose=${onClose}
  onDone=${onDone}
/>`;

function Factors() {
  const [open, show] = useState(/** @type {any} */ (undefined));
  const asked = useAsked(() => ask(o.listFactors), []);
  const close = () => show(undefined);
  const renewed = (/** @type {{recoveryCodes: readonly string[]}} */ { recoveryCodes: codes }) => {
    show({ codes });
    asked.again();
  };
  return html`<h2>${t('account.factors')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { factors, recoveryCodesLeft }) => html`<${Table}
          caption=${t('account.factors')}
          heads=${[t('account.name'), t('account.kind'), t('account.added'), t('account.used'), t('table.actions')]}
          rows=${factors.map((/** @type {any} */ factor) => [
            factor.name,
            named('factorKind', factor.kind),
            html`<${At} at=${factor.createdAt} />`,
            html`<${At} at=${factor.lastUsedAt} />`,
            html`<button type="button" aria-label=${`${t('account.remove')}: ${factor.name}`} onClick=${() => show({ factor })}>${t('account.remove')}</button>`,
          ])}
          empty=${t('account.noFactors')}
        />
        <p class="buttons">
          <button type="button" class="main" onClick=${() => show({ add: true })}>${t('account.add')}</button>
          ${factors.length > 0 && html`<button type="button" onClick=${() => show({ renew: true })}>${t('account.renew', { count: recoveryCodesLeft })}</button>`}
        </p>`}
    <//>
    ${open?.add && html`<${Add} title=${t('account.add')} onClose=${close} onDone=${asked.again} />`}
    ${open?.factor && html`<${Remove} factor=${open.factor} onClose=${close} onDone=${asked.again} />`}
    ${open?.renew && html`<${Renew} onClose=${close} onDone=${renewed} />`}
    ${
      open?.codes &&
      html`<${Dialog} title=${t('factor.codes')} onClose=${close}><${RecoveryCodes} codes=${open.codes} onDone=${close} /><//>`
    }`;
}

function Logins() {
  const [ending, setEnding] = useState(/** @type {any} */ (undefined));
  const asked = useAsked(() => ask(o.listOwnLogins), []);
  return html`<h2>${t('account.logins')}</h2>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { logins }) => html`<${Table}
        caption=${t('account.logins')}
        heads=${[t('login.device'), t('login.place'), t('login.started'), t('login.seen'), t('table.actions')]}
        rows=${logins.map((/** @type {any} */ row) => [
          row.name ?? deviceText(row.device),
          placeText(row.place),
          html`<${At} at=${row.startedAt} />`,
          html`<${At} at=${row.lastSeenAt} />`,
          html`<button type="button" onClick=${() => setEnding(row)}>${t('login.end')}</button>`,
        ])}
        empty=${t('login.none')}
      />`}
    <//>
    ${
      ending &&
      html`<${Confirm}
        title=${t('login.end')}
        text=${t('login.endText', { device: deviceText(ending.device) })}
        submit=${t('login.end')}
        hasReason=${false}
        onSubmit=${() => ask(o.revokeOwnLogin, { loginId: ending.loginId })}
        onClose=${() => setEnding(undefined)}
        onDone=${() => {
          say(t('login.ended'));
          asked.again();
        }}
      />`
    }`;
}

/** One’s own: second factors, and where one is signed in. */
export const Screen = () => html`<${Head} title=${t('menu.account')} /><${Factors} /><${Logins} />`;
