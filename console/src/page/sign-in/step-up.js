import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { operations as o } from '../operations.js';
import { Shown, useAsked } from '../parts/asked.js';
import { Dialog } from '../parts/dialog.js';
import { Form } from '../parts/form.js';
import { ask } from '../request.js';
import { confirming } from '../state.js';
import { t } from '../words.js';
import { CodeForm, ShowFactor } from './factor-forms.js';

const ways = {
  totp: o.stepUpWithTotp,
  recovery: o.stepUpWithRecovery,
  challenge: o.challengeToStepUp,
  passkey: o.stepUpWithPasskey,
};

/** @param {{onDone: () => void}} given */
function ByMail({ onDone }) {
  const [isSent, setSent] = useState(false);
  return isSent
    ? html`<p role="status">${t('stepUp.sent')}</p>
        <${CodeForm} kind="mail" isNext=${true} operation=${o.verifyStepUpCode} onDone=${onDone} />`
    : html`<${Form} submit=${t('stepUp.send')} onSubmit=${() => ask(o.sendStepUpCode)} onDone=${() => setSent(true)} />`;
}

/** A member who has a second factor shows that one; others give a code of a mail. */
export function Screen() {
  const asked = useAsked(() => ask(o.listFactors), []);
  // The dialog opens with what it is about, so that the focus begins there.
  if (asked.answer === undefined) return null;
  const close = (/** @type {boolean} */ isDone) => confirming.value?.(isDone);
  const done = () => close(true);
  return html`<${Dialog} title=${t('stepUp.title')} onClose=${() => close(false)}>
    <p>${t('stepUp.text')}</p>
    <${Shown} asked=${asked}>
      ${(/** @type {any} */ { factors, recoveryCodesLeft }) => {
        const kinds = factors.map((/** @type {{kind: string}} */ { kind }) => kind);
        if (kinds.length === 0) return html`<${ByMail} onDone=${done} />`;
        const methods = recoveryCodesLeft > 0 ? [...kinds, 'recovery'] : kinds;
        return html`<${ShowFactor} methods=${methods} ways=${ways} onDone=${done} />`;
      }}
    <//>
  <//>`;
}
